// Measures the report of a contract of 1,000 operations in a headless Chromium: how long it takes to open, and to filter by
// a count, a word, a tag and nothing. Every sixteenth operation fails; each has the requests and answers of a real run. An
// empty page is opened beside it each time: how long that takes is the machine's.
//
//   npm run measure:report
//   node scripts/measure-report.js --operations 300 --times 9 --failing 1
//
// Exit codes: 0 every median is below 200 ms, 1 one is not.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { openFolder } from '../dist/src/artefact/folder.js';
import { writeReports } from '../dist/src/documents/write.js';
import { Secrets } from '../dist/src/targets/secrets.js';
import { openChromium } from './chromium.js';

const LIMIT_MS = 200;

/** Runs in the page: does something, and says after how many milliseconds the next frame stood. */
const MEASURED = `async (act) => {
  const start = performance.now();
  act();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - start;
}`;
const TYPED = `(text) => {
  const field = document.forms[0].elements.text;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}`;
const OPENED = `(async () => {
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  while (paint() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
  const ready = performance.getEntriesByType('navigation')[0].loadEventEnd;
  return { painted: paint(), ready, elements: document.querySelectorAll('*').length };
})()`;

/** What a person does. */
const ACTS = [
  ['filter by a count', `document.querySelector('.counts [data-value="!"]').click()`],
  ['filter by what works', `document.querySelector('.counts [data-value="works"]')?.click()`],
  ['show all again', `document.querySelector('.counts a').click()`],
  ['search a word for the first time', `(${TYPED})('n999/')`],
  ['search another word', `(${TYPED})('tasklog')`],
  ['clear', `(${TYPED})('')`],
];

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '1000' },
    times: { type: 'string', default: '7' },
    failing: { type: 'string', default: '16' },
  },
});
const wanted = Number(values.operations);
const times = Number(values.times);
/** One of so many operations fails. */
const failingOf = Number(values.failing);

const recording = fileURLToPath(new URL('../src/testing/recorded/2026-02-26.json', import.meta.url));
const run = grown(JSON.parse(await readFile(recording, 'utf8')), wanted);
const folder = await mkdtemp(join(tmpdir(), 'conform-report-'));
const browser = await openChromium();
try {
  const [file = ''] = await writeReports([run], openFolder(folder, new Secrets()));
  const address = pathToFileURL(file).href;
  const { size } = await stat(file);
  const empty = join(folder, 'empty.html');
  await writeFile(empty, '<!doctype html><title>empty</title><p>nothing</p>');
  const results = new Map();
  const note = (what, ms) => results.set(what, [...(results.get(what) ?? []), ms]);
  let elements = 0;
  for (let time = 0; time < times; time++) {
    for (const [what, url] of [
      ['an empty page', pathToFileURL(empty).href],
      ['open', address],
    ]) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto(url);
      const opened = await page.evaluate(OPENED);
      note(`${what}, until it is painted`, opened.painted);
      note(`${what}, until all is loaded and can be filtered`, opened.ready);
      if (url === address) {
        elements = opened.elements;
        for (const [act, code] of ACTS) note(act, await page.evaluate(`(${MEASURED})(() => ${code})`));
      }
      await page.close();
    }
  }
  process.stdout.write(
    `${wanted} operations, ${(size / 1e6).toFixed(1)} MB, ${elements} elements when it is open\n`,
  );
  for (const [what, all] of results) {
    const sorted = all.toSorted((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)];
    const figures = [
      `least ${sorted[0].toFixed(0)}`,
      `median ${median.toFixed(0)}`,
      `most ${sorted.at(-1).toFixed(0)} ms`,
    ];
    process.stdout.write(`${what}: ${figures.join(', ')}\n`);
    if (median >= LIMIT_MS) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}

/** A run with as many operations as are wanted, made of those of a recorded one. */
function grown(recorded, count) {
  const failing = recorded.operations.find(({ outcome }) => outcome === 'broken');
  const operations = Array.from({ length: count }, (_, index) => {
    const own = recorded.operations[index % recorded.operations.length];
    const base = index % failingOf === 0 ? { ...failing, expected: { outcome: 'works', met: false } } : own;
    return { ...base, id: `${own.id}n${index}/`, tag: `tag ${index % 40}` };
  });
  return { ...recorded, operations, unproven: [] };
}
