import { at, isArray, parseJson, type Json } from '../json.js';
import { header, type Answer } from '../targets/reply.js';

/** What Prism cannot do, by the type of its problem document (RFC 9457), and in words. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['NO_PATH_MATCHED_ERROR', 'it matches no path of the contract with this URL'],
  ['NO_METHOD_MATCHED_ERROR', 'it finds the path, but not with this method'],
  ['NO_SERVER_MATCHED_ERROR', 'it matches no server of the contract with this URL'],
  ['NO_RESOURCE_PROVIDED_ERROR', 'it has no operation to serve'],
  ['NO_RESPONSE_RESPONSE_DEFINED', 'the contract describes no answer that it could give'],
  ['NO_COMPLEX_OBJECT_TEXT', 'it writes objects as JSON only'],
  ['NOT_ACCEPTABLE', 'it has no answer in the media types that were asked for'],
  ['NOT_FOUND', 'it has no such answer'],
  ['INVALID_CONTENT_TYPE', 'it reads no body of this media type'],
  ['SCHEMA_TOO_COMPLEX', 'the schema of the answer is too complex for it'],
  ['UNKNOWN', 'it fails on it'],
]);

/**
 * Why the mock cannot answer an operation, where its answer says so. A request that has no credentials is no limit of the
 * mock; nor is one that it finds wrong, unless nobody but the contract has said what is in it: then the mock reads the
 * contract otherwise than we do, and neither says anything of the API.
 * @param isFromContract whether every value of the request was made from the contract, and none comes from samples
 */
export function limitOf(answer: Answer, isFromContract: boolean): string | undefined {
  return ownLimit(answer) ?? (isFromContract ? disagreementOf(answer) : undefined);
}

/** What Prism finds wrong with a request: in its problem document, or beside the refusal that the contract describes. */
function disagreementOf(answer: Answer): string | undefined {
  if (answer.status < 400) return undefined;
  const problem = parseJson(answer.body.toString('utf8'));
  const faults = isRefusal(problem)
    ? at(problem, '/validation')
    : parseJson(header(answer, VIOLATIONS) ?? '');
  if (!isArray(faults)) return undefined;
  const [first] = faults.filter((fault) => at(fault, '/severity') !== 'Warning');
  if (first === undefined) return undefined;
  const steps = at(first, '/location');
  const where = (isArray(steps) ? steps : []).find(
    (step) => typeof step === 'string' && PARTS.includes(step),
  );
  return typeof where === 'string'
    ? `it finds the ${where} wrong, which was made from the contract`
    : 'it finds the request wrong, which was made from the contract';
}

const VIOLATIONS = 'sl-violations';
const PARTS: readonly Json[] = ['body', 'path', 'query', 'header', 'cookie'];

function isRefusal(problem: Json | undefined): boolean {
  return problem !== undefined && at(problem, '/type') === `${PROBLEMS}UNPROCESSABLE_ENTITY`;
}

function ownLimit({ body }: Answer): string | undefined {
  const problem = parseJson(body.toString('utf8'));
  const type = problem === undefined ? undefined : at(problem, '/type');
  if (problem === undefined || typeof type !== 'string' || !type.startsWith(PROBLEMS)) return undefined;
  const name = type.slice(PROBLEMS.length);
  return LIMITS.get(name) ?? (name === 'UNPROCESSABLE_ENTITY' ? misreadingOf(problem) : undefined);
}

/** How Prism misreads a request that is as the contract says, where that is all that it finds wrong. */
function misreadingOf(problem: Json): string | undefined {
  const faults = at(problem, '/validation');
  if (!isArray(faults) || faults.length === 0) return undefined;
  const readings = faults.map((fault) =>
    MISREADINGS.find(({ code, where, message }) => {
      const [place, text] = [at(fault, '/location/0'), at(fault, '/message')];
      return (
        at(fault, '/code') === code &&
        typeof place === 'string' &&
        where.includes(place) &&
        typeof text === 'string' &&
        text.includes(message)
      );
    }),
  );
  return readings.every((reading) => reading !== undefined) ? readings[0]?.what : undefined;
}

const MISREADINGS = [
  {
    code: 'oneOf',
    where: ['path', 'query', 'header', 'cookie'],
    message: '',
    what: 'it reads the text of a parameter as a number and as a text at once, so that it fits two of “oneOf”',
  },
  {
    code: 'maximum',
    where: ['path', 'query', 'header', 'cookie', 'body'],
    message: `<= ${Number.MAX_SAFE_INTEGER}`,
    what: 'it takes no int64 beyond what a JavaScript number holds',
  },
];

const PROBLEMS = 'https://stoplight.io/prism/errors#';
