import { LONGEST_CHECK_MS, type SetAside } from '../../contract/schema/validator.js';
import { isJsonType } from '../../json.js';
import type { Check } from './check.js';

/** More findings than these about one body say nothing new. */
const MOST = 20;

/** The body is readable and of the form that the contract promises for the status. */
export const bodyForm: Check = {
  name: 'body',
  find: ({ operation, answer, body, response, validator }) => {
    const content = Object.entries(response?.content ?? {});
    if (body.kind === 'unreadable') return [{ severity: 'error', message: body.why }];
    if (!response || content.length === 0) return [];
    if (body.kind === 'empty') {
      if (answer.status === 204 || answer.status === 304 || operation.method === 'HEAD') return [];
      return [{ severity: 'error', message: 'the body is empty, the contract promises one' }];
    }
    const media = content.find(([type]) => isJsonType(type))?.[1];
    if (body.kind !== 'json' || media?.schemaPointer === undefined) return [];
    const checked = validator.check(media.schemaPointer, body.value);
    if (checked.kind === 'not checked') {
      return [
        {
          severity: 'warning',
          inconclusive: true,
          message: `the body was not checked: ${WHY_NOT[checked.why]}`,
        },
      ];
    }
    const { violations, complete, unchecked } = checked;
    const listed: ReturnType<Check['find']> = violations.slice(0, MOST).map(({ pointer, message }) => ({
      severity: 'error',
      message,
      pointer,
    }));
    if (violations.length > MOST) {
      listed.push({
        severity: 'error',
        message: `${violations.length - MOST} further violations`,
        pointer: '',
      });
    }
    if (!complete) {
      listed.push({
        severity: 'error',
        message: 'there are more violations than were examined',
        pointer: '',
      });
    }
    return [...listed, ...notChecked(unchecked)];
  },
};

/** What the body was not held against, as one finding: each place of it in the contract, as far as they can be listed. */
function notChecked(unchecked: readonly SetAside[]): ReturnType<Check['find']> {
  if (unchecked.length === 0) return [];
  const places = unchecked
    .slice(0, MOST_PLACES)
    .map(({ schemaPointer, keyword, why }) => `“${keyword}” at ${schemaPointer || 'the root'} (${why})`);
  if (unchecked.length > places.length) places.push(`${unchecked.length - places.length} more`);
  return [
    {
      severity: 'warning',
      inconclusive: true,
      message: `a part of the body was not checked, because the contract’s schema cannot be used there: ${places.join('; ')}`,
    },
  ];
}

const MOST_PLACES = 5;

const WHY_NOT = {
  schema: 'the contract’s schema for it cannot be used',
  time: `checking it against the contract took longer than ${LONGEST_CHECK_MS / 1000} s`,
  depth: 'checking it against the contract goes too deep',
};
