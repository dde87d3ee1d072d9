import { hitsOf, LOSSES, type Hit, type Loss, type Needs } from '../impact/needs.js';
import { CHANGE_KINDS, WHOLE_CONTRACT, type Change, type Difference } from './change.js';

const WEIGHT: Record<Loss, number> = { stops: 3, degrades: 2, reserve: 2, workaround: 1 };

/**
 * What a difference does to the consumers, in one sentence without a full stop.
 * @param isDown whether an operation does not work in the newer run: a workaround by it is none
 */
export function effectOf(
  { operation, kind }: Difference,
  needs: Needs,
  isDown: (operation: string) => boolean,
): string {
  if (operation === WHOLE_CONTRACT) return 'what the vendor promises is another thing than before';
  const hit = hitsOf(operation, needs, isDown);
  if (hit.length === 0) return 'no feature is known to need it';
  // What breaks the contract and does what it is for takes nothing from anybody yet.
  switch (kind === 'worse' && !isDown(operation) ? 'different' : kind) {
    case 'worse':
      return LOSSES.flatMap((loss) => sentence(LOST[loss], hit, loss)).join('; ');
    case 'better':
      return `back for ${namesOf(hit)}`;
    case 'slower':
      return `slows ${namesOf(hit)}`;
    case 'faster':
      return `speeds up ${namesOf(hit)}`;
    case 'finding-gone':
      return `one fault less for ${namesOf(hit)}`;
    default:
      return `may touch ${namesOf(hit)}`;
  }
}

const LOST: Record<Loss, string> = {
  stops: 'stops',
  degrades: 'degrades',
  reserve: 'takes the workaround from',
  workaround: 'forces a workaround on',
};

function sentence(verb: string, hit: readonly Hit[], loss: Loss): string[] {
  const of = hit.filter((need) => need.loss === loss);
  return of.length === 0 ? [] : [`${verb} ${namesOf(of)}`];
}

/** `“Call-out” and “Clock-in” (Gigi)` */
function namesOf(hits: readonly Hit[]): string {
  const applications = [...new Set(hits.map(({ feature }) => feature.application))];
  return applications
    .map((application) => {
      const features = hits
        .filter(({ feature }) => feature.application === application)
        .map(({ feature }) => `“${feature.name}”`);
      const last = features.pop() ?? '';
      return `${features.length > 0 ? `${features.join(', ')} and ` : ''}${last} (${application})`;
    })
    .join(', ');
}

/** Orders changes by what they do to the consumers: what stops a feature first, what nobody needs last. */
export function byEffect(needs: Needs): (one: Change, other: Change) => number {
  const rank = ({ operation, kind }: Change) => {
    const weights = (needs.get(operation) ?? []).map(({ loss }) => WEIGHT[loss]);
    return Math.max(0, ...weights) * (kind === 'worse' ? 10 : 1) + (kind === 'worse' ? 5 : 0);
  };
  return (one, other) =>
    rank(other) - rank(one) ||
    CHANGE_KINDS.indexOf(one.kind) - CHANGE_KINDS.indexOf(other.kind) ||
    one.target.localeCompare(other.target) ||
    one.operation.localeCompare(other.operation);
}
