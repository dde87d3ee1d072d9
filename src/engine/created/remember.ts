import type { Reply } from '../../targets/reply.js';
import { creationOf, mayHaveCreated, recognisable } from '../creation.js';
import type { Asking } from '../observation.js';
import { isOfRun, type Made, type Sent } from './made.js';
import { knownValues, namingOf } from './naming.js';
import { kindOf, renamed, shownAs } from './path-values.js';
import { prove } from './prove.js';
import { readyFor } from './ready-for.js';
import { sentValue } from './texts.js';

/**
 * Finds out what a request has created, and notes in the journal how it is removed. What is not surely a thing of the
 * run is left as it is, and reported.
 */
export async function remember(reply: Reply, sent: Sent, asking: Asking): Promise<Made | undefined> {
  const { observation, entry, write } = sent;
  const { operation, manner } = observation.step;
  const nothing = (): Made | undefined => {
    asking.journal.created(entry, undefined);
    return undefined;
  };
  // The journal keeps the entry open, and cleanup reports it.
  const unclear = (why: string): Made | undefined => {
    asking.onLeft({ operation: operation.id, why, journal: true });
    return undefined;
  };
  if (reply.kind !== 'answer') {
    if (reply.phase === 'connect') return nothing();
    return unclear('no answer came, so something may have been created');
  }
  if (!mayHaveCreated(reply.status)) return nothing();
  const { status } = reply;
  if (asking.policy !== 'full') {
    return unclear(
      `a body that the contract forbids was answered with ${status}: what it has created is not removed, because the policy of the run does not go that far`,
    );
  }
  const removal = write?.removal;
  if (!removal && !write?.leaves) {
    return unclear(
      manner === 'forbidden-body' && operation.method !== 'POST'
        ? `a body that the contract forbids was answered with ${status}, so something may have been created`
        : `it was answered with ${status}, and nothing is known that removes what it creates`,
    );
  }
  const { template, id, read } = namingOf(operation, write, asking);
  const isOurs = (text: string) => isOfRun(text, observation, sent.made);
  const known = knownValues(sent, asking);
  if (!known) return unclear('the ids of what it is below are not known any more');
  const created = creationOf(reply, {
    template,
    id,
    parts: [...(removal?.others ?? [])].filter(([, { of }]) => of === 'answer').map(([name]) => name),
    known: new Map([...known].map(([name, value]) => [name, value.sent])),
    baseUrl: asking.target.baseUrl,
    requestUrl: observation.probe.request.url,
    // What the run has created itself may have been shown since.
    shown: { has: (text) => asking.shown.has(text) && !isOurs(text) },
  });
  if (created.kind === 'nothing') return nothing();
  if (created.kind === 'unclear') {
    if (removal) return unclear(created.why);
    return leave(undefined, sent, asking);
  }
  const values = new Map(
    [...created.values].map(([name, text]) => [
      name,
      known.get(name) ?? shownAs(text, name === id ? kindOf(operation) : name, sent.made, asking),
    ]),
  );
  const value = values.get(id);
  if (!value) return unclear('its answer does not tell by which id it could be removed');
  // The same creation again may be answered with what is there already.
  if (isOurs(value.sent)) return nothing();
  const remover = removal?.remover;
  const made: Made = {
    by: observation,
    value,
    entry,
    removal: remover && readyFor(remover, values, sent, asking),
    reading: read && readyFor(read, renamed(read, template, values), sent, asking),
    removed: false,
  };
  if (remover && !made.removal)
    return unclear('no path that removes it, and nothing else, can be made of the id in its answer');
  const texts = recognisable(sentValue(observation.probe.request), sent.marker, asking.shown);
  const proof = await prove(made, { texts, above: [...known.values()], sent }, asking);
  if (proof !== 'ours') {
    if (proof === 'not there' && made.reading) observation.unseen = made.reading;
    if (!removal) return leave(undefined, sent, asking);
    if (proof === 'not readable')
      return unclear('nothing that may be read shows it, so it is not sure that this run has created it');
    return unclear(
      proof === 'not there'
        ? 'what its answer names cannot be found, so it is not known what was created'
        : 'what its answer names does not show what was sent, so it may not be a thing of this run',
    );
  }
  // From here on the gate lets the thing be changed and removed.
  for (const [name, text] of created.values) if (!known.has(name)) asking.created.add(text);
  if (!made.removal || !remover) return leave(made, sent, asking);
  asking.journal.created(entry, {
    method: made.removal.request.method,
    path: made.removal.path.sent,
    operation: remover.id,
    // What the environment holds is written nowhere.
    shows: texts.filter((text) => !Object.values(asking.environment).includes(text)),
  });
  return made;
}

/** What may stay by the samples needs no entry in the journal; it is reported all the same. */
function leave(made: Made | undefined, { observation, entry }: Sent, asking: Asking): Made | undefined {
  asking.journal.created(entry, undefined);
  asking.onLeft({
    operation: observation.step.operation.id,
    why: 'what it has created stays, as samples.yaml allows',
    journal: false,
  });
  return made;
}
