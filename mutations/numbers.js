// Numbers that schemas allow.
import { CannotGenerate } from './gather.js';

/** @typedef {import('./merge.js').Demands} Demands */
/** @typedef {import('../dist/src/testing/egress/random.js').Random} Random */

/** How far from its bounds a number is looked for. */
const SPAN = 1000;
const TRIES = 20;

/** @param {Demands} demands @param {Random} random @returns {number} */
export function numberFor(demands, random) {
  const { most = Math.max(SPAN, (demands.least ?? 0) + SPAN) } = demands;
  const { least = Math.min(0, most - SPAN) } = demands;
  const isWhole = !demands.types.has('number');
  const [step = 1] = demands.multiples;
  for (let number = 0; number < TRIES; number++) {
    const drawn = least + random.next() * (most - least);
    const places = random.pick([0, 1, 2]);
    const value =
      isWhole || demands.multiples.length > 0
        ? Math.round(drawn / step) * step
        : Number(drawn.toFixed(places));
    for (const near of [value, least, most, drawn]) if (isAllowed(near, demands, isWhole)) return near;
  }
  throw new CannotGenerate('no number was found within the bounds');
}

/** @param {number} value @param {Demands} demands @param {boolean} isWhole */
function isAllowed(value, { least = -Infinity, most = Infinity, aboveLeast, belowMost, multiples }, isWhole) {
  if (isWhole && !Number.isInteger(value)) return false;
  if (value < least || value > most) return false;
  if ((aboveLeast && value === least) || (belowMost && value === most)) return false;
  return multiples.every((multiple) => Number.isInteger(value / multiple));
}
