import { linesOf, isBlank, type Line } from '../lines.js';
import { UNKNOWN_REQUEST, type Found, type Reader } from '../paste.js';

/**
 * A table of calls or checks as monitors and consoles print it: a line with the names of its columns, one of them for the status,
 * and below it a line for each call. Only a table that also says when it was, how long it took, or of which address, describes
 * answers; any other lists what statuses there are.
 */
export const table: Reader = {
  id: 'table',
  about: 'a table of calls or checks with a column for the status',
  read: (text) => {
    if (!/status|code|result|http|response/i.test(text)) return [];
    const lines = linesOf(text);
    const found: Found[] = [];
    for (let index = 0; index < lines.length; index++) {
      const columns = columnsOf(lines[index]);
      if (!columns) continue;
      const rows = rowsBelow(lines, index + 1, columns);
      found.push(...rows.map(({ line, status, url, method }) => foundOf(line, status, url, method)));
      index += rows.length;
    }
    return found;
  },
};

/** At which places columns are. */
interface Columns {
  count: number;
  status: number;
  method: number | undefined;
}

const OF_STATUS = /^(?:(?:http )?(?:status|code|result)(?: code)?|http|response (?:code|status))$/i;
/** What tables of calls say beside it, and lists of statuses do not. */
const OF_CALLS =
  /^(?:time|when|duration|latency|response(?: time)?|last (?:run|check(?:ed)?)|checked(?: at)?|elapsed|ms|took|url|uri|endpoint|host|address|method|check|date|target)\b/i;

function columnsOf(line: Line | undefined): Columns | undefined {
  const names = line === undefined || line.text.length > LONGEST_LINE ? [] : cellsOf(line.text).map(worded);
  const status = names.findIndex((name) => OF_STATUS.test(name));
  const isOfCalls = names.some((name) => OF_CALLS.test(name));
  if (names.length < LEAST_COLUMNS || status < 0 || !isOfCalls) return undefined;
  if (names.some((name) => /\d/.test(name))) return undefined;
  const method = names.findIndex((name) => /^(?:method|verb)$/i.test(name));
  return { count: names.length, status, method: method < 0 ? undefined : method };
}

const LEAST_COLUMNS = 3;
const LONGEST_LINE = 600;
const MOST_ROWS = 200;

/** The cells of a line: between commas where it has no blanks between words, else between bars, tabs, or two blanks and more. */
function cellsOf(text: string): string[] {
  if (SEPARATED.test(text)) return text.split(/[,;]/).map((cell) => cell.trim());
  return text
    .split(/[ \t]*[|│┃]+[ \t]*|\t| {2,}/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}

/** Values between commas, as files of results have them. */
const SEPARATED = /^[^,;|\t]{1,200}(?:[,;][^,;|\t]{0,200}){3,40}$/;

/** `responseCode` and `response_code` are two words. */
function worded(name: string): string {
  return name.replace(/([a-z])(?=[A-Z])/g, '$1 ').replaceAll('_', ' ');
}

interface Row {
  line: Line;
  status: number;
  url: string | undefined;
  method: string | undefined;
}

function rowsBelow(lines: readonly Line[], from: number, { count, status, method }: Columns): Row[] {
  const rows: Row[] = [];
  for (const line of lines.slice(from, from + MOST_ROWS)) {
    if (/^[\s|+:=─┼-]+$/.test(line.text) && !isBlank(line)) continue;
    const cells = line.text.length > LONGEST_LINE ? [] : cellsOf(line.text);
    // Further cells are of what was answered.
    if (cells.length < count) break;
    const [, number] = /^(?:HTTP )?([1-5]\d\d)(?: [A-Z][A-Za-z -]{1,30})?$/.exec(cells[status] ?? '') ?? [];
    if (number === undefined || !cells.some((cell) => OF_EVENT.test(cell))) break;
    const url = cells.find((cell) => /^https?:\/\/\S{4,2000}$/.test(cell));
    rows.push({ line, status: Number(number), url, method: methodIn(cells, method) });
  }
  return rows;
}

/** A time, how long something took, or an address. */
const OF_EVENT = /\d\d:\d\d|^1[6-9]\d{8}(?:\d{3})?$|^[\d.,]{1,10} ?(?:ms|s|sec)$|^https?:\/\/\S/i;

function methodIn(cells: readonly string[], column: number | undefined): string | undefined {
  return /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.exec(cells[column ?? -1] ?? '')?.[0];
}

function foundOf(line: Line, status: number, url: string | undefined, method: string | undefined): Found {
  return {
    from: line.from,
    to: line.to,
    pasted: [
      {
        request: { ...UNKNOWN_REQUEST, method, url },
        reply: { kind: 'answer', status, statusFrom: 'answer', headers: undefined, body: undefined },
      },
    ],
  };
}
