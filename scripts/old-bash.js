// What the bash of a Mac (3.2) lacks or takes for an error, and what is used instead. Scripts that people start themselves are
// held to it by `old-bash.test.js`.

/** @type {readonly { what: string, pattern: RegExp, instead: string }[]} */
export const LATER_THAN_3_2 = [
  { what: 'mapfile', pattern: /\b(mapfile|readarray)\b/, instead: 'a loop around read' },
  { what: 'an associative array', pattern: /\b(declare|local|typeset)\s+-[a-zA-Z]*A/, instead: 'a case' },
  { what: 'a name reference', pattern: /\b(declare|local|typeset)\s+-[a-zA-Z]*n\b/, instead: 'an argument' },
  {
    what: 'a global declaration',
    pattern: /\b(declare|typeset)\s+-[a-zA-Z]*g/,
    instead: 'a plain assignment',
  },
  { what: 'a change of case', pattern: /\$\{[A-Za-z_]\w*(\[[^\]]*\])?(,,?|\^\^?)/, instead: 'tr' },
  { what: 'a transformation', pattern: /\$\{[A-Za-z_]\w*(\[[^\]]*\])?@[A-Za-z]\}/, instead: 'printf %q' },
  { what: 'a pipe of both streams', pattern: /\|&/, instead: '2>&1 |' },
  { what: 'a redirection of both streams to an end', pattern: /&>>/, instead: '>>file 2>&1' },
  { what: 'a case that falls through', pattern: /;;&|;&/, instead: 'a function' },
  { what: 'a coprocess', pattern: /^\s*coproc\b/, instead: 'a named pipe' },
  { what: 'an index from the end', pattern: /\$\{\w+\[-\d+\]/, instead: 'a count' },
  { what: 'a time by printf', pattern: /printf\s+['"]?[^'"]*%\([^)]*\)T/, instead: 'date' },
  {
    what: 'a variable that is tested with -v',
    pattern: /\[\[?\s+(?:!\s+)?-v\s/,
    instead: '[ -n "${name+x}" ]',
  },
  { what: 'globstar', pattern: /shopt\s+-s\s+\S*(globstar|lastpipe|inherit_errexit)/, instead: 'find' },
  { what: 'wait for any', pattern: /\bwait\s+-n\b/, instead: 'wait with a process id' },
  { what: 'EPOCHSECONDS', pattern: /\$\{?EPOCH(SECONDS|REALTIME)\b/, instead: 'date +%s' },
  { what: 'a step of braces', pattern: /\{\d+\.\.\d+\.\.\d+\}/, instead: 'seq' },
];

/** An array that may be empty, under `set -u`: “unbound variable” in 3.2. */
const BARE_ARRAY = /(?<!\+"?)\$\{(\w+)\[[@*]\]\}/g;
const SETS_U = /^\s*set\s+-[a-z]*u|^\s*set\s+-o\s+nounset/m;

/**
 * What a script uses that bash 3.2 lacks.
 * @param {string} text
 * @returns {{ line: number, what: string, instead: string }[]}
 */
export function laterThanOldBash(text) {
  const found = [];
  const setsU = SETS_U.test(text);
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    for (const { what, pattern, instead } of LATER_THAN_3_2)
      if (pattern.test(line)) found.push({ line: index + 1, what, instead });
    if (!setsU) continue;
    for (const [, name = ''] of line.matchAll(BARE_ARRAY))
      if (!isNeverEmpty(name, text))
        found.push({
          line: index + 1,
          what: `the array ${name}, which may be empty, under set -u`,
          instead: `\${${name}[@]+"\${${name}[@]}"}`,
        });
  }
  return found;
}

/**
 * Whether an array is set once, to a list with something in it.
 * @param {string} name
 * @param {string} text
 */
function isNeverEmpty(name, text) {
  const set = [...text.matchAll(new RegExp(`(?:^|[\\s;])${name}\\+?=\\(([^)]*)`, 'g'))];
  return set.length === 1 && (set[0]?.[1] ?? '').trim() !== '' && !/[$@*]/.test(set[0]?.[1] ?? '');
}
