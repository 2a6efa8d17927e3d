/** Neurons by features: how well each neuron points along each feature, rows sorted so that a diagonal emerges. */

import { channels } from './colours.js';
import { sharpen } from './pixels.js';

const TALLEST = 330;
/** A cell may be so many times as wide as high. */
const WIDEST = 2;

/** Draws a snapshot of kind "alignment" in shades from the card's colour to the arm's. */
export function drawHeatmap(canvas, snapshot, room, paper, ink) {
  const density = devicePixelRatio || 1;
  const { rows, columns, values } = snapshot;
  const fitting = Math.max(1, Math.floor((room * density) / columns));
  const high = Math.max(1, Math.min(fitting, Math.floor((TALLEST * density) / rows)));
  const cell = Math.min(fitting, WIDEST * high);
  const context = sharpen(canvas, cell * columns, high * rows);
  const shade = shades(channels(paper), channels(ink));
  const order = sortedRows(rows, columns, values);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      context.fillStyle = shade(values[order[y] * columns + x]);
      context.fillRect(x * cell, y * high, cell, high);
    }
  }
}

/** Rows by the feature they answer to most, the surest first. */
export function sortedRows(rows, columns, values) {
  const best = [];
  for (let row = 0; row < rows; row++) {
    let feature = 0;
    for (let x = 1; x < columns; x++) {
      if (values[row * columns + x] > values[row * columns + feature]) feature = x;
    }
    best.push({ row, feature, value: values[row * columns + feature] });
  }
  best.sort((a, b) => a.feature - b.feature || b.value - a.value || a.row - b.row);
  return best.map((entry) => entry.row);
}

/** A value in [0, 1] as a colour between two; what is not finite is left in the colour of the paper. */
function shades(from, to) {
  const table = Array.from({ length: 65 }, (_, i) => {
    const [r, g, b] = from.map((channel, c) => Math.round(channel + (to[c] - channel) * (i / 64)));
    return `rgb(${r}, ${g}, ${b})`;
  });
  return (value) => table[Number.isFinite(value) ? Math.round(64 * Math.min(1, Math.max(0, value))) : 0];
}
