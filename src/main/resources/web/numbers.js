/** Numbers as the server writes them, and as people read them. */

const WORDS = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };

/** A value of the stream: undefined when it was not measured, NaN or infinite when it was and is not finite. */
export function decode(value) {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'number' ? value : WORDS[value];
}

/** Three digits that matter, no more: what fits beside a curve. */
export function show(value) {
  if (value === undefined || value === null) return '–';
  if (!Number.isFinite(value)) return 'not finite';
  const size = Math.abs(value);
  if (size >= 100) return count(value);
  if (size >= 10) return value.toFixed(1);
  if (size > 0 && size < 0.001) return value.toExponential(1);
  if (size < 0.1 && size >= 0.001) return trimZero(value.toFixed(3));
  return trimZero(value.toFixed(2));
}

/** A number that is at home between -1 and 1: never an exponent. */
export function ratio(value) {
  return Number.isFinite(value) && Math.abs(value) < 0.001 ? '0.00' : show(value);
}

/** A whole number with thousands apart. */
export function count(value) {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share as a percentage. */
export function percent(value) {
  if (value === undefined) return '–';
  return `${show(value * 100)} %`;
}

/** Seconds as milliseconds. */
export function millis(value) {
  if (value === undefined) return '–';
  return `${show(value * 1000)} ms`;
}

/** A setting as a person would type it: 0.5, not 0.500000. */
export function plain(value) {
  return String(Number(Number(value).toPrecision(4)));
}

function trimZero(text) {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}
