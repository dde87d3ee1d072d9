import { createClaims, type Claims } from './claims.js';
import { rowsOf, sectionOf, shown } from './markdown.js';
import type { Outputs } from './outputs.js';

type Reader = (text: string, operations: readonly string[]) => Claims;

const OPERATION = /(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/[^\s,;:)”]*/g;
const BY_CODE = ['green', 'red', '', 'none'];
const BY_VERDICT: Readonly<Record<string, string>> = {
  'as expected': 'green',
  'not as expected': 'red',
  'nothing proven': 'none',
};

/** How each output is read. Nothing of the program is called: only what is written counts. */
const READERS: Readonly<Record<string, Reader>> = {
  'exit code': (text) => just('verdict', BY_CODE[Number(text)] ?? text),
  'drift exit code': (text) => just('verdict', BY_CODE[Number(text)] ?? text),
  json: readJson,
  terminal: readTerminal,
  html: readHtml,
  md: readReport,
  'step-summary': readStepSummary,
  junit: readJUnit,
  ctrf: readCtrf,
  wfc: readWfc,
  sarif: readSarif,
  'test-report': readTestReport,
  'capability-statement': readCapabilityStatement,
  badge: readBadge,
  drift: readDrift,
  'drift --json': readDriftJson,
  history: readHistory,
  'paper readiness': readReadiness,
  'paper objective-facts': readObjectiveFacts,
  'paper compatibility-matrix': readMatrix,
  'paper integration-status': readIntegrationStatus,
  'paper blocker-brief': readBlockerBrief,
  tickets: readTickets,
  notes: readNotes,
};

/** Outputs that say nothing of what a run shows of operations, features or owners. */
const SILENT = new Set(['coverage']);

/** What each output says. */
export function readOutputs(outputs: Outputs, operations: readonly string[]): Map<string, Claims> {
  const read = new Map<string, Claims>();
  for (const [name, text] of outputs) {
    if (SILENT.has(name)) continue;
    const gate = /^gate(.*) of (.+)$/.exec(name);
    if (gate) {
      read.set(name, readGate(text, gate[1] ?? '', gate[2] ?? ''));
      continue;
    }
    const reader = READERS[name];
    if (!reader) throw new Error(`nothing reads the output “${name}”`);
    read.set(name, reader(text, operations));
  }
  return read;
}

function just(subject: string, value: string): Claims {
  return new Map([[subject, [value]]]);
}

interface RunText {
  operations: {
    id: string;
    outcome: string;
    manner?: string;
    proof?: string;
    expected: { met: boolean } | null;
  }[];
}

/** The run file says how it was asked, what came, what that proves, and whether that was expected. */
function readJson(text: string): Claims {
  const { claims, claim } = createClaims();
  const { operations } = JSON.parse(text) as RunText;
  let surprises = 0;
  for (const { id, outcome, manner = 'plain', proof, expected } of operations) {
    const forReal = manner === 'plain' || manner === 'real';
    const isDone = forReal && (proof === 'works' || proof === 'works-unchecked');
    claim(`works ${id}`, outcome === 'works' && isDone);
    if (expected?.met === false) surprises += 1;
    claim(`surprise ${id}`, expected?.met === false);
  }
  claim('surprises', surprises);
  return claims;
}

function readTerminal(text: string, operations: readonly string[]): Claims {
  const { claims, claim, label, counts } = createClaims();
  if (/Nothing could be judged/.test(text)) {
    claim('verdict', 'none');
    return claims;
  }
  const lines = text.split('\n');
  // The line of figures may be broken where the terminal ends.
  const figuresAt = lines.findIndex((line) => /^ {2}\d+ (?!of|feature)[a-z]/.test(line));
  const unbroken = lines.slice(figuresAt).join(' ').replaceAll(/ +/g, ' ');
  const [, figures = '', surprising = '0'] =
    /^ (.*?) \(\d+ of \d+ operations\)(?: (\d+) not as expected)?/.exec(unbroken) ?? [];
  counts(
    new Map(
      figures
        .replaceAll(/ \(asked [^)]*\)/g, '')
        .split(', ')
        .map((part): [string, number] => {
          const [number = '', ...words] = part.split(' ');
          return [
            words
              .join(' ')
              .replace('refusals', 'refusal')
              .replace(/^expected$/, 'expected refusal'),
            Number(number),
          ];
        }),
    ),
  );
  const surprises = Number(surprising);
  claim('surprises', surprises);
  claim('verdict', surprises > 0 ? 'red' : 'green');
  for (const line of lines) {
    const row =
      /^ {2}(\S+ \S+) +(works|deviates|expected|let in|rejects|denied|unrouted|absent|gone|broken|throttled|unreachable|skipped)\b/.exec(
        line,
      );
    if (!row) continue;
    const [head = '', tail = ''] = (row[1] ?? '').split('…');
    const found = operations.filter((id) =>
      line.includes('…') ? id.startsWith(head) && id.endsWith(tail) : id === head,
    );
    // Two that are shortened to the same text cannot be distinguished there.
    if (found.length === 1)
      label(found[0] ?? '', row[2] === 'expected' ? 'expected refusal' : (row[2] ?? ''));
  }
  return claims;
}

function readHtml(text: string): Claims {
  const { claims, claim, label, counts } = createClaims();
  const numbers = [...text.matchAll(/data-label="([^"]*)" data-count="(\d+)"/g)];
  counts(new Map(numbers.map(([, name = '', count = '']) => [name, Number(count)])));
  const [, verdict = '', surprises = ''] = /data-verdict="([^"]*)" data-surprises="(\d+)"/.exec(text) ?? [];
  claim('verdict', BY_VERDICT[verdict] ?? verdict);
  claim('surprises', surprises);
  for (const row of text.split('<noscript data-operation="').slice(1)) {
    const id = shown(row.slice(0, row.indexOf('"')));
    const [, name = '', surprise] =
      /<span class="cell" data-label="([^"]*)"( data-surprise="yes")?/.exec(row) ?? [];
    label(id, name);
    claim(`surprise ${id}`, surprise !== undefined);
    const owner = /^[^>]* data-owner="([a-z]+)"/.exec(row)?.[1];
    if (owner !== undefined) claim(`owner ${id}`, owner);
  }
  const featureRows = /data-consumer="([^"]*)" data-feature="([^"]*)" data-state="([^"]*)"/g;
  for (const [, , name = '', state = ''] of text.matchAll(featureRows))
    claim(`feature ${shown(name)}`, state);
  readCounts(shown(/class="soft feature-counts">([^<]*)</.exec(text)?.[1] ?? ''), claim);
  const gates = /data-gates="([^"]*)"/.exec(text)?.[1] ?? '';
  for (const [, answer = '', name = ''] of gates.matchAll(/^(open|shut|none) (.+)$/gm))
    claim(`gate of ${shown(name)}`, answer);
  return claims;
}

/** `4 of 21 features work, 15 not proven` */
function readCounts(text: string, claim: (subject: string, value: string) => void): void {
  const found = /\d+ of \d+ features work(?:, \d+ (?:hampered|not proven|fails?))*/.exec(text)?.[0];
  if (found !== undefined) claim('features', found);
}

/** `- Operations of vendor: A, B`: each cause says whose it is, and which operations it has. */
function readOwners(text: string, claim: (subject: string, value: string) => void): void {
  for (const [, who = '', ids = ''] of text.matchAll(/^ {2}- Operations of (vendor|us): (.*)/gm))
    for (const [, id = ''] of ids.matchAll(/`+ ?([^`]+?) ?`+/g)) claim(`owner ${id}`, who);
}

function readReport(text: string): Claims {
  const { claims, claim, label, counts } = createClaims();
  const rows = rowsOf(text);
  const start = rows.findIndex(([one, other]) => one === 'outcome' && other === 'operations');
  const numbers = new Map<string, number>();
  for (const row of rows.slice(start + 2)) {
    if (row.length !== 2 || !/^\d+$/.test(row[1] ?? '')) break;
    numbers.set((row[0] ?? '').split(' ').slice(1).join(' '), Number(row[1]));
  }
  counts(numbers);
  for (const row of rows) {
    const [id = '', cell = '', more = ''] = row;
    if (row.length === 2 && /^[A-Z]+ \//.test(id)) {
      label(id, labelIn(cell));
      claim(`surprise ${id}`, cell.includes('not as expected'));
    }
    if (row.length === 4 && /^(?:yes|no)$/.test(more)) claim(`feature ${id}`, cell);
  }
  readVerdictText(text, claim);
  readCounts(text, claim);
  readOwners(text, claim);
  return claims;
}

function readVerdictText(text: string, claim: (subject: string, value: string | number) => void): void {
  const number = /\*\*(\d+) operations? (?:is|are) not as expected\.\*\*/.exec(text)?.[1];
  const isNone = text.includes('**Nothing could be judged.**');
  const isGreen = text.includes('**Everything that was judged is as expected.**');
  claim('verdict', isNone ? 'none' : isGreen ? 'green' : number === undefined ? 'not said' : 'red');
  if (number !== undefined) claim('surprises', number);
  if (isGreen) claim('surprises', 0);
}

/** `✓ works 200`: the label, without its sign and what is behind it. */
function labelIn(cell: string): string {
  const [, label = ''] = /^\S+ (expected refusal|let in|[a-z]+)/.exec(cell.replaceAll('**', '')) ?? [];
  return label;
}

function readStepSummary(text: string): Claims {
  const { claims, claim, counts } = createClaims();
  const rows = rowsOf(text);
  const at = rows.findIndex(([first]) => first === 'target');
  const [head = [], row = []] = [rows[at], rows[at + 2]];
  const numbers = head.map((name, index): [string, number] => [
    name.split(' ').slice(1).join(' '),
    Number(row[index]),
  ]);
  counts(new Map(numbers.slice(2, -2)));
  claim('surprises', row[head.indexOf('not as expected')] ?? '');
  claim('verdict', BY_VERDICT[row.at(-1) ?? ''] ?? '');
  readCounts(text, claim);
  return claims;
}

function readJUnit(text: string): Claims {
  const { claims, claim, label } = createClaims();
  let failures = 0;
  let errors = 0;
  for (const [, name = '', body = ''] of text.matchAll(
    /<testcase [^>]*? name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const id = shown(name);
    if (body.includes('<error')) errors += 1;
    if (id === 'the run') continue;
    const failed = body.includes('<failure');
    if (failed) failures += 1;
    claim(`surprise ${id}`, failed);
    const skipped = body.includes('<skipped');
    const stated = /<system-out>([a-z ]+): /.exec(body)?.[1];
    if (!failed && !skipped) label(id, isLabel(stated) ? stated : 'works');
  }
  const figure = (member: string) =>
    Number(new RegExp(`<testsuites [^>]*${member}="(\\d+)"`).exec(text)?.[1]);
  claim('verdict', errors > 0 ? 'none' : failures > 0 ? 'red' : 'green');
  claim('verdict', figure('errors') > 0 ? 'none' : figure('failures') > 0 ? 'red' : 'green');
  if (errors === 0) {
    claim('surprises', failures);
    claim('surprises', figure('failures'));
  }
  return errors === 0 ? claims : withoutSurprises(claims);
}

interface CtrfText {
  results: {
    summary: { tests: number; failed: number };
    tests: { name: string; status: string; rawStatus: string }[];
  };
}

function readCtrf(text: string): Claims {
  const { claims, claim, label } = createClaims();
  const { summary, tests } = (JSON.parse(text) as CtrfText).results;
  const isSilent = tests.some(({ rawStatus }) => rawStatus === 'nothing proven');
  claim('verdict', isSilent ? 'none' : summary.failed > 0 ? 'red' : 'green');
  const operations = tests.filter(({ rawStatus }) => rawStatus !== 'nothing proven');
  for (const { name, rawStatus } of operations) label(name, rawStatus);
  if (isSilent) return claims;
  claim('surprises', summary.failed);
  claim('surprises', operations.filter(({ status }) => status === 'failed').length);
  for (const { name, status } of operations) claim(`surprise ${name}`, status === 'failed');
  return claims;
}

interface WfcText {
  warnings: { category: string; message: string }[];
}

function readWfc(text: string, operations: readonly string[]): Claims {
  const { claims, claim } = createClaims();
  const { warnings } = JSON.parse(text) as WfcText;
  const isSilent = warnings.some(({ category }) => category === 'nothing proven');
  const surprises = warnings.filter(({ category }) => category === 'not as expected');
  claim('verdict', isSilent ? 'none' : surprises.length > 0 ? 'red' : 'green');
  if (isSilent) return claims;
  claim('surprises', surprises.length);
  const at = new Set(surprises.map(({ message }) => message.split(': ')[0]));
  for (const id of operations) claim(`surprise ${id}`, at.has(id));
  return claims;
}

/** Findings begin with `error, ` or `warning, `, and are no label. */
function isLabel(text: string | undefined): text is string {
  return text !== undefined && text !== 'error' && text !== 'warning';
}

/** Where nothing was proven nothing has failed or passed. */
function withoutSurprises(claims: Claims): Claims {
  return new Map([...claims].filter(([subject]) => !subject.startsWith('surprise')));
}

interface SarifText {
  runs: {
    invocations?: { executionSuccessful: boolean }[];
    results: {
      ruleId: string;
      level: string;
      message: { text: string };
      suppressions?: { justification?: string }[];
    }[];
  }[];
}

function readSarif(text: string, operations: readonly string[]): Claims {
  const { claims, claim } = createClaims();
  const [run] = (JSON.parse(text) as SarifText).runs;
  const results = run?.results ?? [];
  const loud = results.filter(({ level, suppressions }) => level === 'error' && !suppressions);
  const at = new Set(loud.map(({ message }) => shown(message.text).split(' on ')[0] ?? ''));
  const isSilent = run?.invocations?.some(({ executionSuccessful }) => !executionSuccessful) ?? false;
  claim('verdict', isSilent ? 'none' : at.size > 0 ? 'red' : 'green');
  for (const { suppressions, message } of results)
    if (suppressions?.some(({ justification = '' }) => justification === ''))
      claim(`justification of ${message.text}`, 'missing');
  if (isSilent) return claims;
  claim('surprises', at.size);
  for (const id of operations) claim(`surprise ${id}`, at.has(id));
  for (const { ruleId, message } of results) {
    const [, label] = /^operation\/(.+)$/.exec(ruleId) ?? [];
    const id = shown(message.text).split(' on ')[0] ?? '';
    if (label !== undefined) claim(`label ${id}`, label.replace('-', ' '));
  }
  return claims;
}

interface TestReportText {
  result: string;
  score?: number;
  test: { name: string; action: { assert?: { result: string; message: string } }[] }[];
}

function readTestReport(text: string): Claims {
  const { claims, claim, label } = createClaims();
  const { result, score, test } = JSON.parse(text) as TestReportText;
  const verdict = { pass: 'green', fail: 'red', pending: 'none' }[result] ?? result;
  claim('verdict', verdict);
  const asserted = test.flatMap(({ name, action }) =>
    action.flatMap(({ assert }) => (assert ? [{ id: name, ...assert }] : [])),
  );
  for (const { id, message } of asserted) label(id, shown(message).split(':')[0] ?? '');
  if (verdict === 'none') return claims;
  const failed = asserted.filter((one) => one.result === 'fail');
  const passed = asserted.filter((one) => one.result === 'pass' || one.result === 'warning');
  claim('surprises', failed.length);
  for (const { id, result: one } of asserted) claim(`surprise ${id}`, one === 'fail');
  const share = Math.round((10_000 * passed.length) / (passed.length + failed.length)) / 100;
  if (score !== share) claim('score', `${score ?? 'none'}, where the tests give ${share}`);
  return claims;
}

interface StatementText {
  rest: { documentation: string; resource?: { interaction: { documentation: string }[] }[] }[];
}

function readCapabilityStatement(text: string, operations: readonly string[]): Claims {
  const { claims, claim } = createClaims();
  const [rest] = (JSON.parse(text) as StatementText).rest;
  const prose = [
    rest?.documentation ?? '',
    ...(rest?.resource ?? []).flatMap(({ interaction }) => interaction.map((one) => one.documentation)),
  ];
  const named = new Set(
    prose.flatMap((one) => [...shown(one).matchAll(OPERATION)].map(([id]) => id.replace(/\.$/, ''))),
  );
  for (const id of operations) claim(`works ${id}`, named.has(id));
  return claims;
}

function readBadge(text: string): Claims {
  const { claims, claim } = createClaims();
  const works = /aria-label="[^"]*: (\d+) of \d+ work"/.exec(text)?.[1];
  if (works !== undefined) claim('number of works', works);
  const colour = /H\d+[^>]*fill="(#\w+)"/.exec(text)?.[1] ?? /z" fill="(#\w+)"/.exec(text)?.[1] ?? '';
  const colours: Readonly<Record<string, string>> = {
    '#116329': 'green',
    '#7a4b00': 'green',
    '#a40e26': 'red',
    '#57606a': 'none',
  };
  claim('verdict', colours[colour] ?? colour);
  return claims;
}

function readDrift(text: string): Claims {
  const { claims, claim } = createClaims();
  const isNone = text.startsWith('Nothing could be compared.');
  claim('verdict', isNone ? 'none' : text.startsWith('No drift') ? 'green' : 'red');
  return claims;
}

interface DriftText {
  compared: number;
  changes: { operation: string; kind: string; effect: string }[];
}

function readDriftJson(text: string, operations: readonly string[]): Claims {
  const { claims, claim } = createClaims();
  const { compared, changes } = JSON.parse(text) as DriftText;
  claim('verdict', compared === 0 ? 'none' : changes.length > 0 ? 'red' : 'green');
  if (compared === 0) return claims;
  const changed = new Set(changes.map(({ operation }) => operation));
  for (const id of operations) claim(`surprise ${id}`, changed.has(id));
  for (const { kind, effect } of changes) {
    if (kind !== 'worse') continue;
    // What stops a feature makes it fail, whoever speaks of it.
    const stopped = effect.split('; ').find((part) => part.startsWith('stops ')) ?? '';
    for (const [, name = ''] of stopped.matchAll(/“([^”]*)”/g)) claim(`feature ${name}`, 'fails');
  }
  return claims;
}

/** It lists what does not do what was asked of it, and counts the rest. */
function readHistory(text: string, operations: readonly string[]): Claims {
  const { claims, claim } = createClaims();
  const listed = new Set(text.split('\n').map((line) => line.trim()));
  const steady = Number(
    /(\d+) operations? did what was asked of (?:it|them) in every run/.exec(text)?.[1] ?? 0,
  );
  const bad = operations.filter((id) => listed.has(id));
  for (const id of bad) claim(`usable ${id}`, false);
  claim('number that is usable', steady);
  return claims;
}

function readGate(text: string, form: string, name: string): Claims {
  const { claims, claim } = createClaims();
  const gate = `gate of ${name}`;
  if (form.includes('exit code')) {
    claim(gate, ['open', 'shut', '', 'none'][Number(text)] ?? text);
    return claims;
  }
  if (form.includes('--json')) {
    const verdict = JSON.parse(text) as {
      open: boolean;
      judged: boolean;
      readiness: { met: number; of: number };
      features: { name: string; state: string; open: boolean }[];
    };
    claim(gate, verdict.judged ? (verdict.open ? 'open' : 'shut') : 'none');
    claim(`readiness of ${name}`, `${verdict.readiness.met} of ${verdict.readiness.of}`);
    for (const { name: feature, state, open } of verdict.features) {
      claim(`feature ${feature}`, state);
      claim(`lets pass ${feature}`, open);
    }
    // What is open and not proven is open by the policy, and an open gate says so in its first line.
    const relies = verdict.features.some(({ state, open }) => open && state === 'not proven');
    if (verdict.judged && verdict.open) claim(`reliance of ${name}`, relies);
    return claims;
  }
  const first = text.split('\n')[0] ?? '';
  const word = /: gate (OPEN|SHUT|NO VERDICT): /.exec(first)?.[1] ?? '';
  claim(gate, { OPEN: 'open', SHUT: 'shut', 'NO VERDICT': 'none' }[word] ?? word);
  readCounts(first, claim);
  const ready = /^Readiness: (\d+ of \d+)/m.exec(text)?.[1];
  if (ready !== undefined) claim(`readiness of ${name}`, ready);
  for (const [, open = '', state = '', rest = ''] of text.matchAll(
    /^ {2}(open|shut) {2}(works|hampered|not proven|fails) +(.*)$/gm,
  )) {
    const [feature = ''] = rest.split(/ \(critical\)|: by “/);
    claim(`feature ${feature}`, state);
    claim(`lets pass ${feature}`, open === 'open');
  }
  if (word === 'OPEN') claim(`reliance of ${name}`, first.includes('by the policy “'));
  return claims;
}

function readReadiness(text: string): Claims {
  const { claims, claim } = createClaims();
  const [, name = '', answer = '', met = ''] =
    /^# ([^,]*), [^:]*:\d\d UTC: (GO|NO GO|NO VERDICT)[^,]*, (\d+ of \d+) scenarios/.exec(text) ?? [];
  if (name !== '') {
    claim(`gate of ${name}`, { GO: 'open', 'NO GO': 'shut', 'NO VERDICT': 'none' }[answer] ?? answer);
    claim(`readiness of ${name}`, met);
  }
  for (const [feature = '', state = '', gate = '', critical = ''] of rowsOf(
    sectionOf(text, 'Features').join('\n'),
  )) {
    if (critical !== 'yes' && critical !== 'no') continue;
    claim(`feature ${feature}`, state);
    claim(`lets pass ${feature}`, gate === 'open');
  }
  return claims;
}

function readObjectiveFacts(text: string, operations: readonly string[]): Claims {
  const { claims, claim, counts } = createClaims();
  const row = rowsOf(text).find((cells) => cells.length === 5 && /\d/.test(cells[4] ?? '')) ?? [];
  counts(
    new Map(
      (row[4] ?? '').split(', ').map((part): [string, number] => {
        const [number = '', ...words] = part.split(' ');
        return [words.join(' '), Number(number)];
      }),
    ),
  );
  const named = (heading: string) =>
    new Set(
      sectionOf(text, heading)
        .filter((line) => line.startsWith('- `'))
        .map((line) => shown(line.slice(2)).split(' on ')[0] ?? ''),
    );
  const works = named('Seen to work');
  const provoked = named('Expected refusals');
  for (const id of operations) {
    claim(`works ${id}`, works.has(id));
    claim(`provoked ${id}`, provoked.has(id));
  }
  return claims;
}

function readMatrix(text: string): Claims {
  const { claims, label } = createClaims();
  for (const [id = '', cell = '', , ...more] of rowsOf(text))
    if (/^[A-Z]+ \//.test(id) && more.length === 0) label(id, labelIn(cell));
  return claims;
}

function readIntegrationStatus(text: string): Claims {
  const { claims, claim, label } = createClaims();
  for (const [, id = '', name = ''] of text.matchAll(/^- (`[^`]+`): \*\*([a-z ]+)\*\*/gm))
    label(shown(id), name);
  for (const [name = '', state = '', needs, ...more] of rowsOf(
    sectionOf(text, 'How the flows use').join('\n'),
  ))
    if (needs !== undefined && more.length === 0 && state !== 'state' && state !== '---')
      claim(`feature ${name}`, state);
  return claims;
}

function readBlockerBrief(text: string): Claims {
  const { claims, claim } = createClaims();
  for (const line of sectionOf(text, 'What it costs')) {
    const [, name = ''] = /^- (.+) \([^()]*\) needs `/.exec(line) ?? [];
    if (name !== '') claim(`feature ${shown(name)}`, 'fails');
  }
  for (const line of text.split('\n')) {
    const [, ids = ''] = /^- .* \((`.*`); ticket “/.exec(line) ?? [];
    for (const [id] of shown(ids).matchAll(OPERATION)) claim(`owner ${id}`, 'vendor');
  }
  for (const line of sectionOf(text, 'Ready and waiting')) {
    const list = (head: string, state: string) => {
      if (!line.startsWith(`- ${head}`)) return;
      for (const name of shown(line.slice(line.indexOf(': ') + 2))
        .replace(/\.$/, '')
        .split(', '))
        claim(`feature ${name}`, state);
    };
    list('Waits for what fails: ', 'fails');
    list('With something missing', 'hampered');
    list('Not proven: ', 'not proven');
  }
  return claims;
}

function readTickets(text: string): Claims {
  const { claims, claim } = createClaims();
  for (const ticket of text.split(/^# /m).slice(1)) {
    for (const line of sectionOf(`# ${ticket}`, 'What the documentation says')) {
      const [, id = ''] = /^- `([^`]+)`: /.exec(line) ?? [];
      if (id !== '') claim(`owner ${shown(id)}`, 'vendor');
    }
    for (const line of sectionOf(`# ${ticket}`, 'What it stops')) {
      const [, name = ''] = /^- (.+) \([^()]*\): blocked by /.exec(line) ?? [];
      if (name !== '') claim(`feature ${shown(name)}`, 'fails');
    }
  }
  return claims;
}

function readNotes(text: string): Claims {
  const { claims, claim } = createClaims();
  for (const [, id = ''] of text.matchAll(/^- `([^`]+)` on /gm)) claim(`owner ${shown(id)}`, 'us');
  return claims;
}
