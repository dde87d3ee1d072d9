import type { Folder } from '../artefact/folder.js';
import { author } from '../author.js';
import type { Clock } from '../clock.js';
import { Problem } from '../problem.js';
import type { GateVerdict } from './gate.js';

/** That a person let a deploy through, and why. */
export interface Override {
  reason: string;
  by: string;
  at: string;
  /** Where it is recorded, with the verdict that was overridden. */
  file: string;
}

/** A word is no reason that anybody can follow later. */
const LEAST_LENGTH = 10;

/** @throws Problem when there is no reason in it */
export function checkedReason(reason: string): string {
  const text = reason.trim();
  if (text.length >= LEAST_LENGTH) return text;
  throw new Problem('CONFORM_E_VALUE_INVALID', 'the override has no usable reason', {
    remedy: 'Write a sentence that says why it may be deployed. It is recorded.',
  });
}

/** Records an override, with the whole verdict, in `gate/` of the output folder, before anything relies on it. */
export async function recordOverride(
  verdict: GateVerdict,
  reason: string,
  out: Folder,
  clock: Pick<Clock, 'now'>,
): Promise<Override> {
  const at = clock.now().toISOString();
  const stamp = at.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '');
  const claim = await out.claim('gate', `${stamp}-${verdict.consumer}-override`, '.json');
  const name = `gate/${claim.stem}.json`;
  const override = { reason, by: author(), at, file: out.place(name) };
  await out.write(name, `${JSON.stringify({ override, verdict }, null, 2)}\n`).finally(claim.release);
  return override;
}
