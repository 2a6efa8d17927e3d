/** Colours as numbers. */

/** A hex colour with an opacity. */
export function faded(colour, opacity) {
  const [r, g, b] = channels(colour);
  return `rgba(${r}, ${g}, ${b}, ${opacity})`;
}

/** Red, green and blue of a hex colour, 0 to 255. */
export function channels(colour) {
  const hex = colour.replace('#', '');
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
