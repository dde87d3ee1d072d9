import { CHANGE_KINDS, type ChangeKind } from '../drift/change.js';
import { effectOf } from '../drift/effect.js';
import type { Needs } from '../impact/needs.js';
import type { Calendar } from './calendar.js';
import type { News } from './record.js';

/** What sentences are made with. */
export interface Wording {
  calendar: Calendar;
  needs: Needs;
  /** What the run says is to be done about an operation. */
  fixOf: (news: News) => string | undefined;
  /** Whether the newest run of a target shows that an operation does not work. */
  isDown: (target: string, operation: string) => boolean;
}

/** What has happened: `production: GET /things/: works → denied at the gateway (access-denied)`. */
export function whatOf(news: News, { calendar }: Pick<Wording, 'calendar'>): string {
  const { code, target, operation = '', from = '' } = news;
  const to = withoutStop(news.to ?? '');
  switch (code) {
    case 'proof-lost':
      return `${target ?? ''}: ${operation}: proven only to ${PROVEN[to] ?? to}, was ${PROVEN[from] ?? from}`;
    case 'gate-shut':
      return `the gate of ${from} is shut: ${to}`;
    case 'no-verdict':
      return `${target ?? ''}: ${to}`;
    case 'configuration':
      return target === undefined ? to : `${target}: ${to}`;
    case 'step-failed':
      return `${from} failed: ${to}`;
    case 'night-died':
      return `the night of ${calendar.minuteOf(from)} did not end`;
    case 'slower':
    case 'faster':
      return `${target ?? ''}: ${operation} is ${code}: ${transition(from, to)}`;
    default:
      return `${target ?? ''}: ${operation}: ${transition(from, to)}`;
  }
}

/** What an operation is proven to do, after “proven to”. */
const PROVEN: Record<string, string> = {
  nothing: 'nothing at all',
  route: 'exist',
  permission: 'be permitted',
  'works-unchecked': 'work, without its answer being checked',
  works: 'work',
};

function transition(from: string, to: string): string {
  if (from === '') return to;
  return to === '' ? `${from} is gone` : `${from} → ${to}`;
}

/** Who is affected, in one sentence without a full stop; empty where it concerns no operation. */
export function ownerOf(news: News, { needs, isDown }: Pick<Wording, 'needs' | 'isDown'>): string {
  const { code, target = '', operation, from = '', to = '' } = news;
  if (operation === undefined) return '';
  const difference = { operation, kind: isChange(code) ? code : ('different' as const), from, to };
  return effectOf(difference, needs, (one) => isDown(target, one));
}

function isChange(code: News['code']): code is ChangeKind {
  const kinds: readonly string[] = CHANGE_KINDS;
  return kinds.includes(code);
}

/** What to do about it: a fix or a command. */
export function actionFor(news: News, { fixOf }: Pick<Wording, 'fixOf'>): string {
  const { code, target = '', remedy } = news;
  if (remedy !== undefined) return withoutStop(remedy);
  switch (code) {
    case 'worse':
    case 'different': {
      const fix = fixOf(news);
      return fix === undefined ? `conform ticket, or conform accept --target ${target}` : withoutStop(fix);
    }
    case 'better':
    case 'finding-gone':
      return `conform accept --target ${target}`;
    case 'finding-new':
      return `conform ticket, or conform accept --target ${target}`;
    case 'contract':
      return 'compare the contract with what the consumers read (conform audit)';
    case 'body-shape':
      return 'check whether the consumers read that member';
    case 'slower':
    case 'faster':
      return `conform history --target ${target}`;
    case 'proof-lost':
      return `see what was not asked: conform check --target ${target} --plan`;
    case 'gate-shut':
      return `conform gate --consumer ${news.from ?? ''}`;
    case 'no-verdict':
      return `conform doctor --target ${target}`;
    case 'configuration':
      return 'conform doctor --offline';
    case 'step-failed':
      return 'correct that, then start the night again';
    case 'night-died':
      return 'check whether the machine was switched off, or somebody ended the process';
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
