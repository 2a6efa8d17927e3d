/** Sharp pixels on a canvas of any density. */

/** Sizes a canvas to whole device pixels and hands out its context, cleared; width and height in device pixels. */
export function sharpen(canvas, width, height) {
  const density = devicePixelRatio || 1;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${width / density}px`;
    canvas.style.height = `${height / density}px`;
  }
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = false;
  return context;
}
