import { addToGroup } from '../groups.js';

/**
 * A text without what surrounds it where people paste: the marks of a quoted mail, the fences of Markdown, what a log puts
 * before each line, indentation. Several of them can be within each other.
 */
export function unwrap(text: string): string {
  let lines = withoutEntities(quotedPrintable(text)).split('\n');
  for (let round = 0; round < MOST_LAYERS; round++) {
    const before = lines;
    for (const layer of LAYERS) lines = layer(lines);
    if (isSame(lines, before)) break;
  }
  return separated(withValues(withoutDoubleSpacing(lines)).join('\n'));
}

const MOST_LAYERS = 8;

/** Each takes off one layer of one kind, where it is there, and gives the same lines back where it is not. */
const LAYERS: readonly ((lines: string[]) => string[])[] = [
  withoutFences,
  withoutFrames,
  withoutFormatList,
  withoutQuotes,
  withoutPrefixes,
  withoutNumbers,
  withoutIndentation,
];

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** What a line of a transcript begins with: of HTTP, of curl, of JSON, of a stack trace. */
const TRANSCRIPT =
  /^(?:HTTP\/\d|[<>*] |\$ |curl[ :]|[{}[\]]|<[!?a-z]|[A-Z]{3,7} \S+ HTTP\/|Traceback |[\w.$]{1,80}(?:Error|Exception)\b|--\d{4}-)/i;

function withoutFences(lines: string[]): string[] {
  return lines.map((line) => (/^[ \t]{0,8}(?:```+|~~~+)[\w+-]{0,20}\s*$/.test(line) ? '' : line));
}

/** A frame that a program draws around an error, as Terraform does, which breaks its sentences where the terminal ends. */
function withoutFrames(lines: string[]): string[] {
  return overRuns(
    lines,
    (line) => FRAME.test(line),
    (run) => {
      if (run.length < LEAST_FRAMED) return run;
      const bare = run.map((line) => line.replace(FRAME, ''));
      return bare.some((line) => TRANSCRIPT.test(line)) ? bare : unbroken(bare);
    },
  );
}

const FRAME = /^[│┃╷╵] ?/;
const LEAST_FRAMED = 3;
/** A shorter line was not broken for its length. */
const SHORTEST_BROKEN = 30;

/** Lines of prose that belong together in one. */
function unbroken(lines: readonly string[]): string[] {
  const out: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    if (isOpen && /^\S/.test(line)) out.push(`${out.pop() ?? ''} ${line}`);
    else out.push(line);
    isOpen = line.length >= SHORTEST_BROKEN;
  }
  return out;
}

/** The message that PowerShell shows as one of the members of an answer, in a column of its own. */
function withoutFormatList(lines: string[]): string[] {
  const at = lines.findIndex((line) => RAW_CONTENT.test(line));
  if (at < 0) return lines;
  const width = RAW_CONTENT.exec(lines[at] ?? '')?.[0].length ?? 0;
  const blank = ' '.repeat(width);
  const behind = lines.findIndex(
    (line, index) => index > at && line.trim() !== '' && !line.startsWith(blank),
  );
  const end = behind < 0 ? lines.length : behind;
  return lines.slice(at, end).map((line) => line.slice(width));
}

const RAW_CONTENT = /^RawContent\s{1,20}: (?=HTTP\/\d)/;

/** Runs of lines that begin with `>`, unless they are the request that `curl -v` shows. */
function withoutQuotes(lines: string[]): string[] {
  const isAll = lines.every((line) => line === '' || line.startsWith('>'));
  return overRuns(
    lines,
    (line) => /^[ \t]{0,3}>/.test(line) && !PROMPT.test(line),
    (run, next) => {
      const bare = run.map((line) => line.replace(/^[ \t]{0,3}> ?/, ''));
      const isSentence = !isAll && bare.length === 1 && !TRANSCRIPT.test(bare[0] ?? '');
      return isSentence || isRequestOfCurl(bare, next) ? run : bare;
    },
  );
}

/** The prompt of Python, and not what is quoted for the third time. */
const PROMPT = /^>>> (?:[A-Za-z_]\w{0,60}(?:[.(,[]|\s?=|$)|import |from |print)/;

const REQUEST_LINE = /^[A-Z]{3,10} \S+ HTTP\/\d/;
const HEADER = /^:?[\w-]{1,80}: ?/;

/** @param next the line behind the run */
function isRequestOfCurl(bare: readonly string[], next: string | undefined): boolean {
  const stated = bare.filter((line) => line.trim() !== '');
  // In a mail, the answer of the host and the remarks of curl are quoted as well.
  if (stated.some((line) => /^(?:[<>*}{] ?|HTTP\/[\d.]+ \d{3})/.test(line))) return false;
  const [first = ''] = stated;
  if (REQUEST_LINE.test(first)) return true;
  const isCut = stated.every((line) => HEADER.test(line)) && /^[<*] /.test(next ?? '');
  return stated.length === 0 ? /^[<*>] ?/.test(next ?? '') : isCut;
}

/** What logs, containers and terminals put before each line, one kind at a time. */
const PREFIXES: readonly RegExp[] = [
  // docker compose: `web-1  | `
  /^[\w.@/-]{1,60} {0,20}\| ?/,
  // a step of docker build: `#7 10.45 `
  /^#\d{1,3} \d{1,5}\.\d{1,3} {1,4}/,
  // a frame of a terminal, a quote of a chat
  /^ ?[|│┃] ?/,
  // `[web] `, `[pod/api/app] `
  /^\[[\w ./:#@-]{1,60}\] ?/,
  // 2026-01-30T05:11:40.123Z
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?\]?[ \t]?/,
  // 05:11:40.123456, as of curl --trace-time
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?[ \t]/,
  // syslog: `Jan 30 05:11:40 host app[123]: `
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,80} [\w./-]{1,60}(?:\[\d{1,9}\])?: ?/,
  // the logger of Ruby: `I, [2026-01-30T05:11:40.123 #81]  INFO -- response: `
  /^[A-Z], \[\S{1,40} #\d{1,9}\] {1,4}[A-Z]{3,7} -- [\w:./ -]{0,60}?: ?/,
  /^(?:stdout|stderr)(?: [FP])? /,
  /^(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE|FATAL)\b[ \t:|-]{1,4}/,
  // Numbers of lines; those of curl --trace-ascii begin with a zero.
  /^ {0,6}[1-9]\d{0,4}(?:[:|] ?|\t)/,
];

/** The name of a container, which is put before nothing else. */
const CONTAINER = /^[\w.-]{1,60}-\d{1,3} {1,20}\| /;
/** Who has written a line, where lines of several are between each other. */
const WRITER = /^[\w.@/-]{1,60}(?= {0,20}\|)/;

function withoutPrefixes(lines: string[], depth = 0): string[] {
  return PREFIXES.reduce((left, prefix) => withoutPrefix(left, prefix, depth), lines);
}

/** A time behind the name of a container behind a frame: no more than these are before each other. */
const MOST_PREFIXES = 3;

function withoutPrefix(lines: string[], prefix: RegExp, depth: number): string[] {
  return overRuns(
    lines,
    (line) => prefix.test(line),
    (run) => {
      const rest = byWriter(run).map((line) => line.replace(prefix, ''));
      const bare = depth < MOST_PREFIXES ? withoutPrefixes(rest, depth + 1) : rest;
      const isTranscript = bare.some((line) => TRANSCRIPT.test(line));
      // One line can begin so by chance.
      const isAlone = run.length === 1 && !bare.some((line) => /^HTTP\/\d/.test(line));
      return CONTAINER.test(run[0] ?? '') || (isTranscript && !isAlone) ? bare : run;
    },
  );
}

/** Lines that an editor has numbered, one after the other. */
function withoutNumbers(lines: string[]): string[] {
  const numberOf = (line: string) => Number(NUMBERED.exec(line)?.[1] ?? NaN);
  return overRuns(
    lines,
    (line) => NUMBERED.test(line),
    (run) => {
      const first = numberOf(run[0] ?? '');
      const isInOrder = run.every((line, index) => numberOf(line) === first + index);
      return run.length >= LEAST_NUMBERED && isInOrder ? run.map((line) => line.replace(NUMBERED, '')) : run;
    },
  );
}

/** Two blanks are between a number and its line. */
const NUMBERED = /^ {0,6}(\d{1,5})(?: {1,2}|\t|$)/;
const LEAST_NUMBERED = 4;

/** Lines with those of each writer together. */
function byWriter(run: readonly string[]): string[] {
  const writers = new Map<string, string[]>();
  for (const line of run) addToGroup(writers, WRITER.exec(line)?.[0] ?? '', line);
  return [...writers.values()].flat();
}

/** Indented blocks, as of code in Markdown and mails, that begin with a transcript. */
function withoutIndentation(lines: string[]): string[] {
  const isPart = (line: string) => /^[ \t]/.test(line) || line === '';
  return overRuns(lines, isPart, (run) => {
    const first = run.findIndex((line) => line.trim() !== '');
    const [indentation = ''] = /^[ \t]{1,40}/.exec(run[first] ?? '') ?? [];
    const bare = (run[first] ?? '').slice(indentation.length);
    if (indentation === '' || !/^(?:HTTP\/\d|[<>*] |\$ |[A-Z]{3,7} \S+ HTTP\/)/.test(bare)) return run;
    return run.map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line));
  });
}

/** Replaces each longest run of lines that fit. */
function overRuns(
  lines: readonly string[],
  fits: (line: string) => boolean,
  replace: (run: string[], next: string | undefined) => string[],
): string[] {
  const out: string[] = [];
  let run: string[] = [];
  for (const line of [...lines, undefined]) {
    if (line !== undefined && fits(line)) {
      run.push(line);
      continue;
    }
    if (run.length > 0) for (const one of replace(run, line)) out.push(one);
    run = [];
    if (line !== undefined) out.push(line);
  }
  return out;
}

/** A text in which every second line is blank, as some programs copy what is on a terminal. */
function withoutDoubleSpacing(lines: string[]): string[] {
  const start = lines.findIndex((line) => /^HTTP\/\d/.test(line));
  const spaced = (index: number) => lines[index] === '' && HEADER.test(lines[index + 1] ?? '');
  if (start < 0 || !spaced(start + 1) || !spaced(start + 3)) return lines;
  return lines.filter((line, index) => index <= start || line !== '' || (index - start) % 2 === 0);
}

/** What PHP dumps, with the value of each member on the line of its name. */
function withValues(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (const line of lines) {
    const last = out.at(-1) ?? '';
    if (/^\s{0,80}\["?\w{1,60}"?\]=>$/.test(last)) out[out.length - 1] = `${last} ${line.trimStart()}`;
    else out.push(line);
  }
  return out;
}

/** A mail whose text is in the encoding that most mails of one language have (RFC 2045, section 6.7). */
function quotedPrintable(text: string): string {
  if (!/^content-transfer-encoding: {0,4}quoted-printable/im.test(text)) return text;
  const bytes = text
    .replace(/=[ \t]{0,8}\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Text of a web page, in which marks of HTML are as entities, and nowhere as themselves. */
function withoutEntities(text: string): string {
  if (!/&(?:quot|lt|#34);/.test(text) || /<[a-z/!?]/i.test(text)) return text;
  // Beside quotes that are themselves, those that are not are what a host has written so.
  if (text.includes('"') && /&(?:quot|#34);/.test(text)) return text;
  return text.replace(
    /&(quot|lt|gt|amp|nbsp|#34|#39|#x27);/g,
    (whole, name: string) => ENTITIES[name] ?? whole,
  );
}

const ENTITIES: Record<string, string> = {
  quot: '"',
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
  '#34': '"',
  '#39': "'",
  '#x27': "'",
};

/** A body has no line feed at its end, so that what follows is on its last line. */
function separated(text: string): string {
  return text.replace(
    /([}\]>])(?=HTTP\/\d(?:\.\d)? \d{3}\b|\* (?:Connection #\d|Closing |closing )|curl: \(\d|[\w.@:~/-]{0,60}[$#%] (?:curl|https?|wget) )/g,
    '$1\n',
  );
}
