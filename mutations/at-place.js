// Whether what a validator found is where a value was broken.
import { steps } from './json.js';

/**
 * What is found counts when it is at the place that was broken; for a member that is missing or too much, at the
 * object or at the member. Inside of alternatives it also counts between the outermost of them and the place: a value
 * that fits no branch can be said to break the alternatives as a whole. What is beside the place does not count,
 * even if another branch is broken there: the branch that was meant is broken at one place only.
 *
 * A `*` in a pointer stands for a member whose name the contract does not give.
 * @param {{ pointer: string }} violation
 * @param {{ pointer: string, ofMember: boolean, alternatives: string | undefined }} broken
 */
export function isAtPlace(violation, { pointer, ofMember, alternatives }) {
  const found = steps(violation.pointer);
  const place = steps(pointer);
  if (startsWith(found, place)) return found.length <= place.length + Number(ofMember);
  return alternatives !== undefined && startsWith(place, found) && found.length >= steps(alternatives).length;
}

/** @param {readonly string[]} path @param {readonly string[]} start */
function startsWith(path, start) {
  return (
    path.length >= start.length &&
    start.every((step, index) => step === path[index] || step === '*' || path[index] === '*')
  );
}
