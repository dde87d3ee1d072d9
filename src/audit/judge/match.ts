import type { Operation } from '../../contract/operation.js';
import { pathDistance } from '../../contract/path-distance.js';
import { percentDecoded } from '../../percent.js';
import { HOLE } from '../../exchange/shown-url.js';

/** How a path fits a template: with values for its parameters only, or only if what is not known is a word of it. */
export type Fit = 'fits' | 'could';

/** Whether a path fits a template of the contract; `HOLE` in it stands for what is not known. */
export function fitOf(template: string, path: string): Fit | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (OPEN_END.test(path)) {
    // What is behind a word can be more of the path, or a query.
    const begun =
      given.length <= wanted.length && fitOf(wanted.slice(0, given.length).join('/'), path.slice(0, -1));
    return begun ? 'could' : segmentsFit(wanted, given);
  }
  return segmentsFit(wanted, given);
}

/** A word, and behind it what is not known. */
const OPEN_END = new RegExp(`[^/${HOLE}]${HOLE}$`);

function segmentsFit(template: readonly string[], given: readonly string[]): Fit | undefined {
  const wanted = template.length > given.length ? spanned(template, given) : template;
  if (wanted.length !== given.length) return undefined;
  let fit: Fit = 'fits';
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{') && segment.endsWith('}')) {
      // A word that begins with an underscore names an action, and no thing.
      if (value === '' || value.startsWith('_')) return undefined;
    } else if (value.includes(HOLE)) {
      if (!matchesWithHoles(value, segment)) return undefined;
      fit = 'could';
    } else if (segment.includes('{')) {
      if (!literally(segment).test(percentDecoded(value))) return undefined;
    } else if (segment !== value && segment !== percentDecoded(value)) return undefined;
  }
  return fit;
}

/**
 * A template in which one value that is not known takes the place of several parameters in a row: what code calls a
 * `full_name` can be `owner/repo`.
 */
function spanned(template: readonly string[], given: readonly string[]): readonly string[] {
  const more = template.length - given.length;
  const at = given.findIndex(
    (segment, index) =>
      segment === HOLE && template.slice(index, index + more + 1).every((one) => /^\{.*\}$/.test(one)),
  );
  return at < 0 ? template : [...template.slice(0, at), HOLE, ...template.slice(at + more + 1)];
}

/** Whether a segment with what is not known can be that of the contract. */
function matchesWithHoles(value: string, segment: string): boolean {
  const parts = value.split(HOLE).map(escaped);
  return segment !== '' && new RegExp(`^${parts.join('.*')}$`, 's').test(segment);
}

/** A segment with a parameter within, such as `{id}.json`. */
function literally(segment: string): RegExp {
  return new RegExp(
    `^${segment
      .split(/\{[^{}]*\}/)
      .map(escaped)
      .join('.+')}$`,
    's',
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The operations whose path fits best: literal paths go before templates (OpenAPI 3.0.3, section 4.7.8.1). */
export function operationsOn(
  path: string,
  operations: readonly Operation[],
): { fit: Fit; operations: Operation[] } | undefined {
  const fitting = operations.flatMap((operation) => {
    const fit = fitOf(operation.path, path);
    return fit ? [{ operation, fit }] : [];
  });
  const sure = fitting.filter(({ fit }) => fit === 'fits').map(({ operation }) => operation);
  if (sure.length > 0) {
    const fewest = Math.min(...sure.map((operation) => parametersIn(operation.path)));
    // Of a path, another template can have the method that is asked for.
    return {
      fit: 'fits',
      operations: sure.sort(
        (one, other) =>
          (parametersIn(one.path) === fewest ? 0 : 1) - (parametersIn(other.path) === fewest ? 0 : 1),
      ),
    };
  }
  return fitting.length === 0
    ? undefined
    : { fit: 'could', operations: fitting.map(({ operation }) => operation) };
}

function parametersIn(path: string): number {
  return path.split('{').length;
}

/**
 * The operation that was probably intended: the one whose path takes the fewest and smallest changes. To a call that
 * changes something only one of the same method is suggested, to a read (and to a call of an unknown method) only one
 * that changes nothing: whoever follows a suggestion must not do more than was intended. Where what is nearest may not be
 * suggested, what comes next is something else.
 */
export function nearestOperation(
  method: string | undefined,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  const isRead = method === undefined || READS.has(method);
  const nearest = likest(path, operations, method);
  if (nearest === undefined) return undefined;
  return (isRead ? nearest.safe : nearest.method === method) ? nearest : undefined;
}

/** The operation whose path is most like one, and among several such that of the method. */
export function likest(
  path: string,
  operations: readonly Operation[],
  method?: string,
): Operation | undefined {
  const scored = operations
    .map((operation) => ({
      operation,
      cost:
        pathDistance(path.replaceAll(HOLE, '{}'), operation.path) +
        (method === undefined || operation.method === method ? 0 : OTHER_METHOD),
    }))
    .filter(({ cost }) => cost <= FARTHEST)
    .sort((one, other) => one.cost - other.cost);
  return scored[0]?.operation;
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const FARTHEST = 3;
const OTHER_METHOD = 0.3;

/** Whether a path is probably a spelling of a template. */
export function isLikePath(path: string, template: string): boolean {
  return pathDistance(path.replaceAll(HOLE, '{}'), template) <= LIKE;
}

/** What a missing prefix, a slash and another spelling of a word come to. */
const LIKE = 1.2;
