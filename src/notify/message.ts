/** What a night is called by its result: as expected, something changed, wrong configuration, nothing could be judged. */
export const COLOURS = ['GREEN', 'RED', 'BROKEN', 'NO VERDICT'] as const;
export type Colour = (typeof COLOURS)[number];

/** One thing that somebody is notified of, or that is over. */
export interface Item {
  /** The same in every night for the same thing. */
  key: string;
  /** One line. */
  text: string;
}

/** What somebody is notified of. The sentences are for people; programs go by `colour` and the keys. */
export interface Message {
  format: 'conform-night-message/1';
  /** The same for the same message: whoever receives it twice can leave the second one out. */
  id: string;
  /** Start of the night, ISO 8601, UTC. */
  night: string;
  colour: Colour;
  /** The first line of the output. */
  first: string;
  /** What this receiver has not been notified of so far. */
  appeared: Item[];
  /** What this receiver was notified of and what is over. */
  over: Item[];
  /** What goes on, and this receiver knows. */
  stillOpen: Item[];
}

/** The message as a text of several lines, plain enough for Markdown, a mail and a terminal. */
export function textOf({ first, appeared, over, stillOpen }: Omit<Message, 'format' | 'id'>): string {
  const section = (title: string, items: readonly Item[]): string[] =>
    items.length === 0 ? [] : ['', `${title}:`, ...items.map(({ text }) => `- ${text}`)];
  return [
    first,
    ...section('New', appeared),
    ...section('Over', over),
    ...section('Still open', stillOpen),
    '',
  ].join('\n');
}
