import { balancedEnd } from './document.js';
import { isBlank, linesOf, type Line } from './lines.js';

/**
 * A text with blanks in the place of what describes answers in general: the responses of an OpenAPI document, tables and lists
 * of statuses or error codes, the sections of a paper on them, change logs, commits, names of tests, source code, counters of
 * metrics. Line ends stay.
 */
export function withoutDescriptions(text: string): string {
  const whole = withoutOpenApi(text);
  const lines = linesOf(whole);
  const blank = new Set(RULES.flatMap((rule) => rule(lines)));
  if (blank.size === 0) return whole;
  const parts: string[] = [];
  for (const [index, { from, to }] of lines.entries()) {
    parts.push(blank.has(index) ? '' : whole.slice(from, to));
  }
  return parts.join('\n');
}

/** Each gives the indices of the lines that are descriptions of one kind. */
const RULES: readonly ((lines: readonly Line[]) => number[])[] = [
  responsesOfYaml,
  singleLines,
  listsOfAnswers,
  sectionsOnAnswers,
  changes,
  sourceCode,
  configuration,
];

/** The responses of an OpenAPI document in JSON, or the whole document. */
function withoutOpenApi(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { index, 0: opening } of text.matchAll(OPENAPI)) {
    if (index < at) continue;
    const start = index + opening.lastIndexOf('{');
    const end = balancedEnd(text, start, start + LONGEST) ?? index + opening.length;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return at === 0 ? text : [...parts, text.slice(at)].join('');
}

const OPENAPI =
  /"responses"\s{0,8}:\s{0,8}\{(?=\s{0,80}"(?:[1-5](?:\d\d|XX)|default)"\s{0,8}:)|\{(?=\s{0,80}"(?:openapi|swagger)"\s{0,8}:\s{0,8}")/g;
const LONGEST = 2_000_000;

/** What stands deeper than `responses:` or `paths:` in YAML. */
function responsesOfYaml(lines: readonly Line[]): number[] {
  const found: number[] = [];
  let depth: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const indentation = /^[> \t]*/.exec(line.text)?.[0].length ?? 0;
    if (depth !== undefined && indentation > depth) {
      found.push(index);
      continue;
    }
    depth = /^[> \t]{0,80}(?:responses|paths|x-[\w-]{1,40}-responses):\s*$/.test(line.text)
      ? indentation
      : undefined;
  }
  return found;
}

/** Lines that are descriptions by themselves: tests that pass, samples of metrics, rules of alerts, commits. */
function singleLines(lines: readonly Line[]): number[] {
  return lines.flatMap(({ text }, index) => (SINGLE.some((form) => form.test(text)) ? [index] : []));
}

const SINGLE: readonly RegExp[] = [
  // A test that has passed, by its name.
  /^\s{0,40}(?:✓|✔|√|✅|☑|ok \d{1,6}\b|--- PASS:|PASS(?:ED)?\b)/,
  /^\s{0,40}test [\w:]{1,200} \.\.\. (?:ok|FAILED|ignored)\s*$/,
  /^\S{1,300}(?:::|\s)test\w{1,200}(?:\[[^\]]{0,100}\])? (?:PASSED|FAILED|SKIPPED|\.\.\. ok)\b/,
  // One that has failed, named after what is wanted.
  /^\s{0,40}(?:✕|✗|✘|×|●|○|not ok \d{1,6}\b|--- FAIL:|\d{1,4}\)) .{0,200}\b(?:should|returns?|responds?|answers?|rejects|gives|throws|yields)\b/,
  // What is to be done, and a question on words.
  /^[>\s]{0,20}[-*+] \[[ xX]\] /,
  /\b(?:how (?:does|do) .{1,100}\bdiffer\b|(?:the|a) difference between\b).{0,300}\?/i,
  /^(?=.{40}).*\b(?:should|would|better|preferred?|difference|which (?:status|code)|right (?:status|code|answer))\b[^?]{0,300}\?(?:\s|$)(?!.*(?:https?:\/\/|[{}<>]))/i,
  // What is so of all answers.
  /\b(?:all|any|every|each) (?:errors?|requests?|responses?|failures?|calls?)\b.{0,80}\b(?:are|is|have|has|carry|carries) (?:sent|returned|answered|reported|a|an|the)\b|\bunless (?:noted|otherwise|stated)\b/i,
  // A sample of a metric, as Prometheus reads it.
  /^\s{0,8}[a-z_:][\w:]{2,120}\{[^{}\n]{0,2000}\}\s{1,8}[-+\dNIe.]{1,30}(?:\s\d{10,13})?\s*$/i,
  /^\s{0,8}# (?:HELP|TYPE) [a-z_:][\w:]{2,120} /,
  // A rule on such samples.
  /\b(?:rate|increase|sum|count_over_time|histogram_quantile)\s?\(.{0,400}\{.{0,400}[=~]{1,2}\s?"/,
  // A commit in one line.
  /^\s{0,4}[*|\\/ ]{0,12}[0-9a-f]{7,12} (?:\([^)\n]{1,100}\) )?(?:feat|fix|docs|chore|refactor|test|perf|add|fix(?:es)?|handle|return|retry|merge|remove|treat|map|answer|do not|don't|make|use|stop|show)\b/i,
];

/** How many words an entry of a list begins with before the text on it, and how many entries are a list. */
const LEAST = 3;

/** What an entry of a list or a row of a table begins with. */
const ENTRY =
  /^[>\s]{0,20}(?:[-*+•‣◦|‖:]|\d{1,2}[.)]|<(?:li|td|tr|dt)>|\|\|)?[\s|*_`~'"<>a-z=]{0,40}?[*`'"([]{0,4}(?:HTTP )?((?:[1-5]\d\d|[45]xx|\d{3,5}(?=[`*\s]{1,8}\|))(?![\w.]|[-/]\d)|(?:ERR_|E)[A-Z_]{4,40}\b|[A-Z][A-Z_]{3,40}(?= {0,20}\|))/;
/** What no description of an answer has: a time, an address, or a request. */
const OF_EVENTS =
  /https?:\/\/(?!docs|developer|www\.(?:rfc|iana))|\b\d\d:\d\d:\d\d\b|\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/?\S|\b\d{1,7} ?ms\b/;

/** Entries of lists and rows of tables that are near each other, each on another status or error code. */
function listsOfAnswers(lines: readonly Line[]): number[] {
  const found: number[] = [];
  let run: { index: number; name: string }[] = [];
  const close = () => {
    const names = new Set(run.map(({ name }) => name));
    if (names.size >= LEAST && names.size >= run.length / 2) found.push(...run.map(({ index }) => index));
    run = [];
  };
  for (const [index, { text }] of lines.entries()) {
    const name = text.length <= 600 && !OF_EVENTS.test(text) ? ENTRY.exec(text)?.[1] : undefined;
    const saysMore = name !== undefined && /[A-Za-z]{3}/.test(text.slice(text.indexOf(name) + name.length));
    if (saysMore) {
      run.push({ index, name });
      continue;
    }
    const last = run.at(-1)?.index ?? -Infinity;
    if (index - last > MOST_BETWEEN || (OF_EVENTS.test(text) && text.trim() !== '')) close();
  }
  close();
  return found;
}

/** Lines that go on with an entry of a list, or are between two. */
const MOST_BETWEEN = 3;

const HEADING = /^[> ]{0,8}(#{1,6}|={2,6}) (.{1,200})$/;
const ON_ANSWER =
  /^[\s`*_[(]{0,4}(?:HTTP |status |code |error )?((?:[1-5]\d\d|[45]xx)\b(?!\.)|(?:ERR_|E)[A-Z_]{4,40}\b)/i;

/** Sections under headings that are statuses or error codes, where there are several of them; transcripts in them stay. */
function sectionsOnAnswers(lines: readonly Line[]): number[] {
  const headings = lines.flatMap(({ text }, index) => {
    const [, marks = '', title = ''] = HEADING.exec(text) ?? [];
    return marks === '' ? [] : [{ index, depth: marks.length, on: ON_ANSWER.exec(title)?.[1] }];
  });
  const onAnswers = headings.filter(({ on }) => on !== undefined);
  if (new Set(onAnswers.map(({ on }) => on)).size < 2) return [];
  return onAnswers.flatMap(({ index, depth }) => {
    const end = headings.find((other) => other.index > index && other.depth <= depth)?.index ?? lines.length;
    const section = lines.slice(index, end);
    const isReport = section.some(({ text }) => /^[>\s]{0,12}(?:< )?HTTP\/\d|^[>\s$]{0,12}curl /.test(text));
    return isReport ? [] : section.map((_, count) => index + count);
  });
}

const OF_CHANGES =
  /^[> ]{0,8}(?:#{1,6} |={2,6} |\*\*)?\[?(?:change ?log|release notes|unreleased|added|changed|deprecated|removed|fixed|security|(?:bug )?fixes|bugs?|features?|improvements?|breaking changes|enhancements?|what'?s (?:new|changed)|known issues|to-?do|roadmap|backlog|next steps|acceptance criteria|v?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:-[\w.]{1,20})?)\b\]?(?:\([^)\n]{0,200}\))?[\s:*—–-]{0,6}(?:\(?\d{4}-\d\d-\d\d\)?)?[\s:*]{0,4}$/i;
const BULLET = /^[> \t]{0,12}(?:[-*+•]|\d{1,2}[.)]) /;

/** The bullets under what is headed as changes, a version or known issues. */
function changes(lines: readonly Line[]): number[] {
  const found: number[] = [];
  let isOpen = false;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    if (OF_CHANGES.test(line.text)) isOpen = true;
    else if (isOpen && (BULLET.test(line.text) || /^[> ]{0,8}[ \t]{2}\S/.test(line.text))) found.push(index);
    else isOpen = false;
  }
  return found;
}

/** A line that only source code or a configuration has. */
const STRONG =
  /^[>\s+|-]{0,40}(?:\d{1,5}\s\|\s)?(?:import [\w{*'"]|from [\w.]{1,80} import |package [\w.]{1,80};?$|using [\w.]{1,80};|#include|require\(|(?:export |public |private |protected |static |async |pub |override |final |abstract )*(?:def|class|function|func|fn|interface|enum|struct|const|let|var|val|void|record|trait|impl)\b [\w$({*]|(?:if|else if|elif|while|for|switch|when|catch|except|rescue|unless|match|foreach) ?[({\w'"].{0,300}[{:(]\s*$|return\b.{0,300};?$|(?:throw|raise) |(?:await |return )?(?:it|test|describe|expect|assert\w{0,30})\b ?[(.]|\.\w{1,40}\(|[a-z_]{2,40} \{$|@(?:Test|ExceptionHandler|ResponseStatus|app|router|pytest|Get|Post|Override)\b|diff --git |@@ -\d|server \{|location .{1,200}\{|(?:frontend|backend|listen|http-request|errorfile|proxy_\w+|add_header|error_page|limit_req\w*|RewriteRule|ErrorDocument)\b |resource "|case .{1,200}[:>]\s*$|(?:-|\s)*alert: |expr: )/;
/** One that code has among such lines. */
const WEAK =
  /^\s*(?:[)}\]]+[;,]?|else\b.*|try\b.*|\/\/.*|#.*|--.*|\/?\*.*|@.*|.*[;{(,[:\\]|.*=> ?.*|[\w.$\]['" ]{1,80} ?[-+*|&]?=(?!=).*|\S.*\)|end|finally\b.*|[+-].*)\s*$/;
/** What is in logs, traces and transcripts, and in no code. */
const OF_RUNS =
  /^\s*(?:at \S|File "|Traceback |caused by\b|[\w.$]{0,120}(?:Error|Exception)(?: \[\w+\])?: |HTTP\/\d|[<>*] |\$ |curl[ :])|\d\d:\d\d:\d\d/i;

/** Runs of lines of source code or configuration; of a trace, the lines of code that it quotes stay. */
function sourceCode(lines: readonly Line[]): number[] {
  const found: number[] = [];
  let run: { index: number; isStrong: boolean }[] = [];
  const close = () => {
    const strong = run.filter(({ isStrong }) => isStrong).length;
    if (strong >= 2 && run.length >= 3 && strong >= run.length / 8)
      found.push(...run.map(({ index }) => index));
    run = [];
  };
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const isRun = OF_RUNS.test(line.text);
    const isStrong = !isRun && STRONG.test(line.text);
    if (isStrong || (!isRun && run.length > 0 && WEAK.test(line.text))) run.push({ index, isStrong });
    else close();
  }
  close();
  return found;
}

/** A line of YAML, or of a file with sections. */
const SETTING = /^[ \t]{0,40}(?:- )?["']?([A-Za-z_][\w.-]{0,80})["']?(?::(?: .{0,400})?| ?= ?.{0,400})$/;
const ITEM = /^[ \t]{0,40}(?:- .{1,300}|#.{0,300}|\[[\w.:" -]{1,80}\]|---)$/;
/** A name under which others are. */
const GROUP = /^[ \t]{0,40}(?:- )?["']?[A-Za-z_][\w.-]{0,80}["']?:\s*$|^\[\[?[\w.:" -]{1,80}\]\]?$/;
/** What an error that is written so has. */
const OF_ERROR =
  /^(?:\w{0,20}message|msg|\w{0,20}errors?|err|status|status_?code|http_?(?:status|code)|code|details?|reason|fault|exception|response|body|date|server|content-\w{1,20})$/i;
/** What messages of HTTP have, as a client logs them. */
const OF_MESSAGES = /<--|-->|\bHTTP\/\d|^[ \t]{0,40}[\w-]{0,40}(?:authorization|user-agent):/i;
const LEAST_SETTINGS = 4;

/** Runs of settings under names that group them, without what an answer that is written in the same form has. */
function configuration(lines: readonly Line[]): number[] {
  const found: number[] = [];
  let run: { index: number; isGroup: boolean; isOfError: boolean }[] = [];
  const close = () => {
    const isSettings =
      run.length >= LEAST_SETTINGS &&
      run.some(({ isGroup }) => isGroup) &&
      !run.some(({ isOfError }) => isOfError);
    if (isSettings) found.push(...run.map(({ index }) => index));
    run = [];
  };
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const [whole, name = ''] = SETTING.exec(line.text) ?? [];
    if (
      OF_RUNS.test(line.text) ||
      OF_MESSAGES.test(line.text) ||
      (whole === undefined && !ITEM.test(line.text))
    )
      close();
    else run.push({ index, isGroup: GROUP.test(line.text), isOfError: OF_ERROR.test(name) });
  }
  close();
  return found;
}
