import type { Found } from './found.js';
import { preferredAddress, type Given } from './settle.js';
import { commentText } from './yaml-text.js';

/** One thing that no contract says. An empty answer leaves it open, and a default is taken. */
export interface Question {
  text: string;
  /** What an answer says. */
  take: (answer: string) => Given;
}

/** So many are asked at the most; see `questionsOf`. */
export const MOST_QUESTIONS = 4;
/** So many choices are numbered. */
const MOST_CHOICES = 9;

/**
 * What has to be asked: which address, which credential, the value that most reads wait for, and for whom all this is.
 * What the contract settles or an option has said is not asked.
 */
export function questionsOf(found: Found, given: Given): Question[] {
  const { addresses, ways, missing } = found;
  const questions: Question[] = [];
  if (given.baseUrl === undefined && addresses.length !== 1) {
    const first = preferredAddress(found);
    const choices = addresses.map(({ url, kind }) => ({ value: url, shown: `${url} (${kind})` }));
    questions.push({
      text: choiceText('Which address is asked? A number, or a URL', choices, first ?? 'none, only the mock'),
      take: (answer) => ({ baseUrl: chosenOf(answer, choices) }),
    });
  }
  if (given.credential === undefined && ways.usable.length !== 1) {
    const [first] = ways.usable;
    const choices = ways.usable.map(({ name, operations }) => ({
      value: name,
      shown: `${name} (${operations} operations)`,
    }));
    const what = choices.length > 0 ? 'Which credential do you have?' : 'The contract names no credential.';
    questions.push({
      text: choiceText(`${what} A number, bearer, basic or none`, choices, first?.name ?? 'none'),
      take: (answer) => ({ credential: chosenOf(answer, choices) }),
    });
  }
  const needed = missing.find(({ in: place, isShared }) => place === 'path' && isShared);
  if (given.ids === undefined && needed) {
    const { parameter, operations } = needed;
    questions.push({
      text: `A value for {${commentText(parameter)}}, which ${counted(operations.length, 'read')} need [none]: `,
      take: (answer) => ({ ids: [`${parameter}=${answer}`] }),
    });
  }
  if (given.consumer === undefined)
    questions.push({
      text: 'What is your application called that uses this API [example]: ',
      take: (answer) => ({ consumer: answer }),
    });
  return questions.slice(0, MOST_QUESTIONS);
}

interface Choice {
  value: string;
  shown: string;
}

function choiceText(what: string, choices: readonly Choice[], otherwise: string): string {
  const shown = choices
    .slice(0, MOST_CHOICES)
    .map((one, index) => `  ${index + 1}  ${commentText(one.shown)}\n`);
  const more = choices.length - shown.length;
  return `${shown.join('')}${more > 0 ? `  … and ${more} more\n` : ''}${what} [${commentText(otherwise)}]: `;
}

function chosenOf(answer: string, choices: readonly Choice[]): string {
  return /^\d+$/.test(answer) ? (choices[Number(answer) - 1]?.value ?? answer) : answer;
}

/** `1 read`, `12 reads`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
