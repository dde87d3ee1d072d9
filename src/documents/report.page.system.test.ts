import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolder } from '../artefact/folder.js';
import { Secrets } from '../targets/secrets.js';
import { capability, runOf } from '../testing/runs.js';
import { temporaryFolder } from '../testing/conform.js';
import type { Run } from '../record/run.js';
import { consumerOf } from '../testing/consumer.js';
import { THOROUGH } from '../testing/thorough.js';
import { benchResultOf } from '../../packages/caller-id/src/testing/bench-result.js';
import { writeBenchPage } from './bench/write.js';
import { writeReports } from './write.js';

const TILL = consumerOf('till', { Selling: ['GET /v2/items/'], Filing: ['POST /v2/documents/'] });

const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const HOSTILE =
  '<script>document.title = "taken"</script><img src=x onerror="document.title=\'taken\'"> | `x` "q" &amp;';

const STORY = [
  capability({ id: 'GET /v2/items/', tag: 'items' }),
  capability({
    id: 'POST /v2/documents/',
    tag: 'documents',
    outcome: 'broken',
    layer: 'application',
    cause: 'crashed',
    confidence: 'certain',
    explanation: HOSTILE,
    fix: HOSTILE,
    evidence: [HOSTILE],
    ruledOut: [{ cause: HOSTILE, because: HOSTILE }],
    findings: [
      { check: 'answer/body-schema', severity: 'error', message: HOSTILE, pointer: '/<b>', exchange: 0 },
    ],
    statuses: [500],
  }),
  capability({
    id: 'GET /v2/people/',
    tag: 'people',
    outcome: 'skipped',
    expected: null,
    statuses: [],
    latencyMs: null,
    exchanges: [],
  }),
];

const story = runOf(STORY, { unproven: [{ operation: 'GET /v2/people/', why: 'Nobody asked.' }] });
const many = runOf(
  Array.from({ length: 1000 }, (_, index) =>
    capability({
      id: `GET /v2/things${index}/`,
      tag: `tag ${index % 40}`,
      outcome: index % 7 === 0 ? 'broken' : 'works',
    }),
  ),
);

/**
 * Writes a run of each of 90 days but the 40th: 63 operations, of which one breaks on the 31st day, one works
 * every third day only, and one is only asked with a wrong token. @returns the newest
 */
async function writeQuarter(folder: string): Promise<Run> {
  await mkdir(join(folder, 'runs'), { recursive: true });
  let newest: Run | undefined;
  for (let day = 0; day < 90; day++) {
    if (day === 39) continue;
    const startedAt = new Date(Date.UTC(2026, 0, 1 + day, 6)).toISOString();
    const operations = Array.from({ length: 62 }, (_, index) =>
      capability({
        id: `GET /v2/things${index}/`,
        tag: `tag ${index % 9}`,
        exchanges: [],
        ...((index === 7 && day >= 30) || (index === 9 && day % 3 > 0)
          ? { outcome: 'broken' as const, cause: 'crashed' as const, confidence: 'certain' as const }
          : {}),
      }),
    );
    const guarded = capability({
      id: 'POST /v2/guarded/',
      manner: 'invalid-token',
      outcome: 'denied',
      layer: 'token',
      confidence: 'certain',
    });
    newest = runOf([...operations, guarded], {
      id: `${startedAt.replaceAll(/[-:]|\.\d+/g, '')}-live`,
      startedAt,
      finishedAt: startedAt,
    });
    await writeFile(join(folder, 'runs', `${newest.id}.json`), JSON.stringify(newest));
  }
  if (!newest) throw new Error('no day was written');
  return newest;
}

/** Opens everything that is folded, and waits until all that is made when it is opened is there. */
async function unfold(page: Page): Promise<void> {
  await page.waitForFunction(`(() => {
    document.querySelectorAll('details, .more').forEach((one) => one.matches('.more') ? one.click() : one.open = true);
    return document.querySelector('noscript, details:not([open])') === null;
  })()`);
}

/** A wide and a narrow window: each with one set of colours, or with both. */
const WIDTHS = THOROUGH ? { light: [1200, 360], dark: [1200, 360] } : { light: [1200], dark: [360] };

describe.skipIf(CHROMIUM === undefined)('the report as a page (skipped where there is no Chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser.close());

  /** Opens the report of runs from the file system. @returns every address that the page asked for */
  async function open(
    runs: readonly Run[],
    folder: string,
    options: { colorScheme?: 'dark' | 'light'; width?: number } = {},
  ): Promise<{ page: Page; asked: string[] }> {
    const [file] = await writeReports(runs, openFolder(folder, new Secrets()), { consumers: [TILL] });
    const page = await browser.newPage({
      colorScheme: options.colorScheme ?? 'light',
      viewport: { width: options.width ?? 1200, height: 900 },
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file ?? '').href);
    return { page, asked };
  }

  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ content: await readFile(AXE, 'utf8') });
    const found: unknown = await page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))",
    );
    return found as string[];
  }

  test.each(['light', 'dark'] as const)(
    'the page of a bench has no accessibility violation: %s',
    async (colorScheme) => {
      await using folder = await temporaryFolder();
      const file = await writeBenchPage(benchResultOf(), openFolder(folder.path, new Secrets()));
      for (const width of [390, 1200]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
        await page.goto(pathToFileURL(file).href);
        expect(await violations(page)).toEqual([]);
        await page.close();
      }
    },
  );

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of WIDTHS[colorScheme]) {
      test(`no accessibility violation, folded and unfolded: ${colorScheme}, ${width} px`, async () => {
        await using folder = await temporaryFolder();
        const { page } = await open([story], folder.path, { colorScheme, width });
        expect(await violations(page)).toEqual([]);
        await unfold(page);
        expect(await violations(page)).toEqual([]);
        const wider = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wider).toBe(0);
        await page.close();
      });
    }
  }

  test('asks no network for anything', async () => {
    await using folder = await temporaryFolder();
    const { page, asked } = await open([story], folder.path);
    await unfold(page);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^file:/);
    await page.close();
  });

  test('hostile words in answers stay words', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    await unfold(page);
    expect(await page.title()).toBe('Shop 7: what it does on live');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('.inside').filter({ hasText: '<script>document.title' }).count()).toBe(1);
    await page.close();
    const markdown = await readFile(join(folder.path, 'latest', 'report.md'), 'utf8');
    // Inside a code span nothing is markup.
    expect(markdown.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')).not.toMatch(/(?<!\\)<(script|img)/);
  });

  test('begins with the verdict: what is broken, who has to act, since when, and what is not proven', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    const banner = page.locator('.banner');
    expect(await banner.locator('.word').textContent()).toBe('✗ Not as expected');
    expect(await banner.locator('dt').allTextContents()).toEqual([
      'Who has to act',
      'Broken',
      'Since when',
      'Not proven',
    ]);
    expect(await banner.locator('dd').allTextContents()).toEqual([
      `The vendor · 1 operation${HOSTILE}`,
      '1 feature, 1 operation1 server error',
      '2026-02-26, the first run that shows it',
      '1 of 3 operations',
    ]);
    expect(await page.locator('.board h3').allTextContents()).toEqual(['Filing']);
    expect(await page.locator('.fold li').filter({ hasText: 'Selling' }).count()).toBe(1);
    // What is broken is before what works, and what works is folded.
    expect(await page.locator('#list > *').first().locator('[data-operation]').count()).toBe(1);
    expect(await page.locator('#list > details[open]').count()).toBe(0);
    await page.close();
  });

  test('every count leads to the operations that it counts, and the address keeps what is shown', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    const rows = page.locator('.row:visible');
    const links = page.locator('.counts a');
    const labels = await links.allTextContents();
    expect(labels.map((label) => label.trim())).toEqual([
      '3 all',
      '✗1 not as expected',
      '✓1 works',
      '!1 broken',
      '–1 skipped',
    ]);
    for (const link of await links.all()) {
      await link.focus();
      await page.keyboard.press('Enter');
      const count = (await link.locator('strong').textContent()) ?? '';
      expect(await page.getByRole('status').textContent()).toBe(`${count} of 3 operations shown`);
      // Unfiltered, what works is folded.
      expect(await rows.count()).toBe(1);
      expect(await link.getAttribute('aria-current')).toBe('true');
    }
    await page.locator('.banner dd a').click();
    expect(await rows.count()).toBe(1);
    expect(page.url()).toMatch(/#operations\?outcome=%21&owner=vendor$/);
    await page.reload();
    expect(await rows.count()).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.getByRole('status').textContent()).toBe('3 of 3 operations shown');
    expect(page.url()).toMatch(/#operations$/);
    await page.close();
  });

  test('is searched and filtered by outcome, tag and feature, by keyboard alone', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    const rows = page.locator('.row:visible');
    expect(await rows.count()).toBe(1);
    await page.locator('[name=text]').fill('documents');
    expect(await rows.count()).toBe(1);
    await page.locator('[name=text]').fill('');
    await page.locator('[name=outcome]').selectOption('broken');
    expect(await rows.count()).toBe(1);
    await page.locator('[name=outcome]').selectOption('');
    await page.locator('[name=tag]').selectOption('people');
    expect(await rows.count()).toBe(1);
    await page.locator('[name=tag]').selectOption('');
    await page.locator('[name=feature]').selectOption('Filing');
    expect(await rows.count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe('1 of 3 operations shown');
    await rows.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.inside:visible').count()).toBe(1);
    await page.close();
  });

  test('is whole without a script', async () => {
    await using folder = await temporaryFolder();
    await (await open([story], folder.path)).page.close();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder.path, 'latest', 'report.html')).href);
    expect(await page.locator('.row').count()).toBe(3);
    expect(await page.locator('form:visible').count()).toBe(0);
    await page.locator('.row summary').first().click();
    expect(await page.locator('.inside:visible').count()).toBe(1);
    await context.close();
  });

  test('prints an example of each cause unfolded, and the rest as one line each', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.inside:visible').count()).toBe(1);
    expect(await page.locator('.row > summary:visible').count()).toBe(3);
    expect(await page.locator('form:visible, .exchanges:visible').count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: 'screen' });
    expect(await page.locator('.inside:visible').count()).toBe(0);
    await page.close();
  });

  test('a quarter of 63 operations prints on 8 pages at most', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([await writeQuarter(folder.path)], folder.path);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(8);
    await page.close();
  });

  test('1,000 operations are shown and filtered', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([many], folder.path);
    await page.locator('[name=text]').fill('things999');
    expect(await page.getByRole('status').textContent()).toBe('1 of 1000 operations shown');
    expect(await page.locator('.row:visible').count()).toBe(1);
    await page.locator('[name=text]').fill('');
    await page.locator('[name=outcome]').selectOption('broken');
    expect(await page.getByRole('status').textContent()).toBe('143 of 1000 operations shown');
    expect(await page.locator('.row:visible').count()).toBe(143);
    await page.close();
  });

  test('a cause of many operations shows ten of them, and all on demand', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([many], folder.path);
    expect(await page.locator('.row:visible').count()).toBe(10);
    const more = page.getByRole('button', { name: 'Show all 143' });
    await more.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.row:visible').count()).toBe(143);
    expect(await more.isVisible()).toBe(false);
    // Who goes on by keyboard is at the first of those that have come.
    const focused = await page.evaluate('document.activeElement.textContent');
    expect(focused).toContain('GET /v2/things70/');
    await page.close();
  });

  test('is searched for what is in the details, whatever signs it has, before they are opened', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    for (const words of ['document.title = "TAKEN"', "='taken'", '| `x`', 'Content-Type: application/json']) {
      await page.locator('[name=text]').fill(words);
      expect(await page.locator('.row:visible').count(), words).toBeGreaterThan(0);
    }
    for (const tag of ['<div', 'summary', 'noscript']) {
      await page.locator('[name=text]').fill(tag);
      expect(await page.getByRole('status').textContent(), tag).toBe('0 of 3 operations shown');
    }
    await page.close();
  });

  test('marks what works and did not in the run before', async () => {
    await using folder = await temporaryFolder();
    const before = runOf(
      [STORY[0], STORY[1]].flatMap((one) => (one ? [{ ...one, outcome: 'broken' as const }] : [])),
      {
        id: '20260101T000000Z-live',
        startedAt: '2026-01-01T00:00:00.000Z',
      },
    );
    await mkdir(join(folder.path, 'runs'));
    await writeFile(join(folder.path, 'runs', `${before.id}.json`), JSON.stringify(before));
    const { page } = await open([story], folder.path);
    await page.locator('.counts a').filter({ hasText: '1 now work' }).click();
    expect(await page.locator('.row:visible').allTextContents()).toEqual([
      expect.stringContaining('GET /v2/items/now works'),
    ]);
    await page.close();
  });

  test('says when what is not proven was last seen to work', async () => {
    await using folder = await temporaryFolder();
    const before = runOf([capability({ id: 'GET /v2/people/' })], {
      id: '20260101T000000Z-live',
      startedAt: '2026-01-01T00:00:00.000Z',
    });
    await mkdir(join(folder.path, 'runs'));
    await writeFile(join(folder.path, 'runs', `${before.id}.json`), JSON.stringify(before));
    const { page } = await open([story], folder.path);
    expect(await page.locator('main').textContent()).toContain('Last proven 2026-01-01 00:00 UTC.');
    await page.close();
  });

  test('one day of runs draws no picture', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open([story], folder.path);
    expect(await page.locator('.picture').count()).toBe(0);
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of WIDTHS[colorScheme]) {
      test(`90 days of 63 operations are a picture that can be read: ${colorScheme}, ${width} px`, async () => {
        await using folder = await temporaryFolder();
        const newest = await writeQuarter(folder.path);
        const { page } = await open([newest], folder.path, { colorScheme, width });
        expect(await page.locator('.picture svg').count()).toBe(63);
        expect(await violations(page)).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        ).toBe(0);
        const strip = (path: string) => page.locator('.strips li').filter({ hasText: path });
        // It broke on the 31st day, and nothing was asked on the 40th.
        const broke = strip('/v2/things7/');
        expect(await broke.locator('svg').getAttribute('aria-label')).toBe(
          '2026-01-01 to 2026-01-30 works; 2026-01-31 to 2026-03-31 broken',
        );
        expect(await broke.locator('.end').textContent()).toBe('broken since 2026-01-31 · 33.1\u00a0%');
        expect(await broke.locator('rect').count()).toBe(4);
        expect(await broke.locator('rect.pale').count()).toBe(1);
        const narrowest = await broke
          .locator('rect.pale')
          .evaluate((bar) => bar.getBoundingClientRect().width);
        expect(narrowest).toBeGreaterThan(3);
        expect(await broke.locator('text').allTextContents()).toEqual(['!', '!']);
        expect(await strip('/v2/things9/').locator('.end').textContent()).toMatch(/flapped \d+×$/);
        // What a wrong token is refused by is as it should be.
        expect(await strip('/v2/guarded/').locator('rect:not(.bar-good)').count()).toBe(0);
        await page.locator('.row').filter({ hasText: '/v2/things7/' }).locator('summary').click();
        expect(await page.locator('.inside:visible dl').textContent()).toContain(
          '33.1\u00a0% of the time since 2026-01-01, 89 runs; changed once',
        );
        await page.close();
      });
    }
  }

  test('two targets stand side by side', async () => {
    await using folder = await temporaryFolder();
    const other = runOf(STORY.slice(0, 2), { target: 'sandbox', id: '20260226T174000Z-sandbox' });
    const { page } = await open([story, other], folder.path, { width: 360 });
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('.banner').count()).toBe(2);
    expect(await page.locator('.row').first().locator('.cell').count()).toBe(2);
    await page.close();
  });
});
