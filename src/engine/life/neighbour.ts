import type { Neighbour } from '../../checks/life.js';
import type { JsonObject } from '../../json.js';
import type { Listed } from '../created/list.js';
import type { Made } from '../created/made.js';
import { sentIn } from './bodies.js';
import { create, newCreation, readOf, type Stage } from './stage.js';

/** A second record of the run, which stays as it is while the first is changed and removed. */
export interface Beside {
  thing: Made;
  sent: JsonObject;
  before: JsonObject;
}

/** Creates a record to be left alone; undefined where none can be created and read. */
export async function neighbourOf(before: Listed | undefined, stage: Stage): Promise<Beside | undefined> {
  const marked = newCreation(stage);
  const sent = marked && sentIn(marked);
  if (!sent) return undefined;
  const thing = (await create(marked, stage, before))?.thing;
  const record = thing && (await readOf(thing, 'another record', stage))?.record;
  return record && { thing, sent, before: record };
}

/** The record that was left alone, as it is now. */
export async function lookBeside(
  beside: Beside | undefined,
  purpose: string,
  stage: Stage,
): Promise<Neighbour | undefined> {
  const now = beside && (await readOf(beside.thing, purpose, stage));
  return now && { sent: beside.sent, before: beside.before, now };
}
