/** The filters of image data as tiles, one a neuron, each with its own contrast around its own zero. */

import { sharpen } from './pixels.js';

const TALLEST = 330;
const GAP = 2;
const NARROW = 200;

/** Draws a snapshot of kind "filters" into the canvas, as wide as `room` CSS pixels. */
export function drawTiles(canvas, snapshot, side, room) {
  const density = devicePixelRatio || 1;
  const gap = Math.round((room < NARROW ? GAP / 2 : GAP) * density);
  const layout = layoutOf(snapshot.rows, side, gap, Math.floor(room * density), TALLEST * density);
  const pitch = side * layout.scale + gap;
  const context = sharpen(canvas, layout.columns * pitch - gap, layout.rows * pitch - gap);
  const tile = new OffscreenCanvas(side, side);
  const brush = tile.getContext('2d');
  const image = brush.createImageData(side, side);
  for (let i = 0; i < snapshot.rows; i++) {
    paint(image.data, snapshot.values, i * snapshot.columns, side * side);
    brush.putImageData(image, 0, 0);
    const x = (i % layout.columns) * pitch;
    const y = Math.floor(i / layout.columns) * pitch;
    context.drawImage(tile, x, y, side * layout.scale, side * layout.scale);
  }
}

/** The largest whole magnification at which all tiles fit; at least 1. */
export function layoutOf(tiles, side, gap, width, height) {
  for (let scale = 8; scale > 1; scale--) {
    const pitch = side * scale + gap;
    const fitting = Math.floor((width + gap) / pitch);
    if (fitting < 1) continue;
    const columns = fullRows(tiles, fitting);
    const rows = Math.ceil(tiles / columns);
    if (rows * pitch - gap <= height) return { scale, rows, columns };
  }
  const columns = Math.max(1, Math.floor((width + gap) / (side + gap)));
  return { scale: 1, columns: Math.min(columns, tiles), rows: Math.ceil(tiles / columns) };
}

/** As many columns as fit, or somewhat fewer when that fills every row. */
function fullRows(tiles, fitting) {
  for (let columns = Math.min(fitting, tiles); columns > 0.6 * fitting; columns--) {
    if (tiles % columns === 0) return columns;
  }
  return Math.min(fitting, tiles);
}

/** Grey is zero, white the largest weight, black as far below: the sign of an edge stays visible. */
function paint(pixels, values, from, size) {
  let peak = 0;
  for (let i = 0; i < size; i++) peak = Math.max(peak, Math.abs(values[from + i]) || 0);
  for (let i = 0; i < size; i++) {
    const value = values[from + i];
    const grey = peak > 0 && Number.isFinite(value) ? 128 + (127 * value) / peak : 128;
    pixels.set([grey, grey, grey, 255], 4 * i);
  }
}
