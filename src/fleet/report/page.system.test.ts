import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolder } from '../../artefact/folder.js';
import { Secrets } from '../../targets/secrets.js';
import { temporaryFolder } from '../../testing/conform.js';
import { fleetReportOf } from '../../testing/fleet-report.js';
import { writeFleetReport } from './write.js';

const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const HOSTILE =
  '<script>document.title = "taken"</script><img src=x onerror="document.title=\'taken\'"> &amp;';

describe.skipIf(CHROMIUM === undefined)('the page of a fleet (skipped where there is no Chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser.close());

  async function open(
    folder: string,
    {
      count,
      word,
      colorScheme,
      width,
    }: { count: number; word?: string; colorScheme: 'light' | 'dark'; width: number },
  ): Promise<{ page: Page; asked: string[] }> {
    const [file = ''] = await writeFleetReport(
      fleetReportOf(count, word),
      ['html'],
      openFolder(folder, new Secrets()),
    );
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, asked };
  }

  async function violations(page: Page): Promise<unknown> {
    await page.addScriptTag({ content: await readFile(AXE, 'utf8') });
    return page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))",
    );
  }

  test.each([
    [0, 'light', 1200],
    [3, 'dark', 360],
    [40, 'light', 360],
    [1000, 'dark', 1200],
  ] as const)(
    'over %i agencies, %s, %i px: accessible, folded and unfolded, and no wider',
    async (count, colorScheme, width) => {
      await using folder = await temporaryFolder();
      const { page, asked } = await open(folder.path, { count, colorScheme, width });
      expect(await violations(page)).toEqual([]);
      await page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)");
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0);
      expect(asked).toHaveLength(1);
      await page.close();
    },
  );

  test('hostile names stay words', async () => {
    await using folder = await temporaryFolder();
    const { page } = await open(folder.path, { count: 40, word: HOSTILE, colorScheme: 'light', width: 1200 });
    expect(await page.title()).toBe(`${HOSTILE}: Tuesday, 2026-03-10`);
    expect([await page.locator('img').count(), await page.locator('script').count()]).toEqual([0, 0]);
    await page.close();
  });
});
