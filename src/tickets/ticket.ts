import { Type, type Static } from '@sinclair/typebox';
import { Case } from './case.js';

const EVENTS = ['opened', 'still', 'other answer', 'not tested', 'fixed', 'changed', 'reopened'] as const;
export type Event = (typeof EVENTS)[number];

/** What one run says about a ticket. */
const Line = Type.Object({
  run: Type.String(),
  at: Type.String(),
  event: Type.Union(EVENTS.map((event) => Type.Literal(event))),
  text: Type.String(),
});

/** From the run that showed the cause to the run that did not show it any more. */
const Episode = Type.Object({
  since: Type.String(),
  /** Start of the newest run that showed it. */
  seenAt: Type.String(),
  /** In how many runs it was seen. */
  seen: Type.Integer(),
  /** On how many nights it was seen: two runs of one day, in UTC, are one. Not in tickets of former versions. */
  nights: Type.Optional(Type.Integer()),
  /** In how many runs its operations were tested. */
  tested: Type.Integer(),
  /** When its operations last worked before; undefined when that was never seen. */
  workedAt: Type.Optional(Type.String()),
  /** Start of the run that ended it. */
  endedAt: Type.Optional(Type.String()),
  endedBy: Type.Optional(Type.String()),
  /** The newest evidence. */
  evidence: Case,
});
export type Episode = Static<typeof Episode>;

/**
 * A ticket with its life, format `conform-ticket/1`: what is kept between runs. The newest episode is the last.
 */
export const Ticket = Type.Object({
  format: Type.Literal('conform-ticket/1'),
  id: Type.String(),
  key: Type.String(),
  cause: Type.String(),
  target: Type.String(),
  /** The day that a replica showed when the newest evidence was had. */
  world: Type.Optional(Type.String()),
  state: Type.Union([Type.Literal('open'), Type.Literal('fixed'), Type.Literal('changed')]),
  episodes: Type.Array(Episode, { minItems: 1 }),
  lines: Type.Array(Line),
  /** The newest run that was taken into account. */
  lastRun: Type.String(),
});
export type Ticket = Static<typeof Ticket>;

/** The episode that is open, or was the last to be. */
export function currentEpisode(ticket: Ticket): Episode {
  const episode = ticket.episodes.at(-1);
  if (!episode) throw new Error('a ticket has at least one episode');
  return episode;
}

/** On how many nights an episode was seen. A night without a run is none. */
export function nightsOf({ nights, seen }: Pick<Episode, 'nights' | 'seen'>): number {
  return nights ?? seen;
}
