import type { ErrorObject } from 'ajv';
import { isObject } from '../../json.js';
import { namedBy } from './own-keywords.js';

/** The sentence for one broken keyword. Says what was expected and what kind of thing came, never the value. */
export function explain(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  const came = describeValue(error.data);
  switch (error.keyword) {
    case 'required':
      return `the required member “${clipped(params['missingProperty'])}” is missing`;
    case 'type':
      return `should be ${listOf(params['type'])}, but ${came} came`;
    case 'enum':
      return `should be one of ${listOf(params['allowedValues'])}, but ${came} of another value came`;
    case 'const':
      return `should be ${clipped(JSON.stringify(params['allowedValue']))}, but ${came} of another value came`;
    case 'format':
      return `should have the format “${clipped(params['format'])}”, but ${came} of another form came`;
    case 'pattern':
      return `should match the pattern ${clipped(params['pattern'])}, but ${came} that does not match came`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'has a member that the contract does not allow';
    case 'anyOf':
    case 'oneOf':
      return ofAlternatives(params['fits'], came);
    case 'discriminator':
      return ofDiscriminator(params['discriminator'], error.data);
    case 'writeOnly':
      return 'is a member that is only ever sent (writeOnly), and must not come in an answer';
    case 'false schema':
      return `may not be there (${came} came)`;
    default:
      return `${error.message ?? 'breaks the contract'} (${came} came)`;
  }
}

function ofAlternatives(fits: unknown, came: string): string {
  return typeof fits === 'number' && fits > 1
    ? `fits ${fits} of the forms, and only one is allowed (${came} came)`
    : `fits none of the forms that the contract allows there (${came} came)`;
}

function ofDiscriminator(discriminator: unknown, value: unknown): string {
  const { propertyName, names } = isObject(discriminator) ? discriminator : {};
  const member = `the member “${clipped(propertyName)}”, which says which form it is (discriminator),`;
  return namedBy(discriminator, value) === 'nothing'
    ? `${member} is missing`
    : `${member} names none of them: it should be ${listOf(names)}`;
}

function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'number' ? 'a number' : 'a boolean';
}

function listOf(value: unknown): string {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const words = items
    .slice(0, 12)
    .map((item) => clipped(typeof item === 'string' ? item : JSON.stringify(item)));
  if (items.length > words.length) words.push(`${items.length - words.length} more`);
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : (words[0] ?? '');
}

/** As much of a text of the contract as a sentence can hold. */
function clipped(value: unknown): string {
  const text = String(value);
  return text.length > LONGEST_WORD ? `${text.slice(0, LONGEST_WORD)}…` : text;
}

const LONGEST_WORD = 300;
