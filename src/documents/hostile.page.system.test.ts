import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../testing/hostile.js';
import { rendered, type Texts } from '../testing/hostile-report.js';

const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

/** All elements of a document, with their attributes, and the values of those that lead anywhere. */
const SHAPE = `(document) => [...document.querySelectorAll('*')].map((element) =>
  element.tagName + ' ' + [...element.attributes].map(({ name, value }) =>
    /^(?:href|src|action|xlink:href)$/.test(name) ? name + '=' + value : name).join(' '))`;

/** Opens everything that is folded. @returns whether all that is made when it is opened is there */
const UNFOLDED = `(() => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  return document.querySelector('noscript, details:not([open])') === null;
})()`;

describe.skipIf(CHROMIUM === undefined)(
  'hostile texts in a browser (skipped where there is no Chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    const asked: string[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({
        ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
      page = await browser.newPage();
      page.on('request', (request) => asked.push(request.url()));
    });
    afterAll(() => browser.close());

    /** Opens a page with its scripts, and unfolds it. What is open from the start is made at no certain time. */
    async function shapeOfPage(html: string): Promise<unknown> {
      await page.setContent(html);
      await page.waitForFunction(UNFOLDED);
      return await page.evaluate(`(${SHAPE})(document)`);
    }

    /** Reads a text without running any of it. XML is given up at the first fault. */
    async function shapeOfText(text: string, type: 'application/xml' | 'text/html'): Promise<unknown> {
      const source = `new DOMParser().parseFromString(${JSON.stringify(text)}, '${type}')`;
      return await page.evaluate(`(${SHAPE})(${source})`);
    }

    async function shapesOf(texts: Texts): Promise<Record<string, unknown>> {
      const [html = '', junit = '', badge = ''] = ['html 0', 'junit 0', 'badge 0'].map((name) =>
        texts.get(name),
      );
      return {
        html: await shapeOfText(html, 'text/html'),
        unfolded: await shapeOfPage(html),
        junit: await shapeOfText(junit, 'application/xml'),
        badge: await shapeOfText(badge, 'application/xml'),
      };
    }

    test('are words: nothing of them runs, and no element, attribute or address comes of them', async () => {
      const wanted = await shapesOf(await rendered('word'));
      expect(JSON.stringify(wanted)).not.toContain('parsererror');
      expect(wanted['unfolded']).not.toEqual(wanted['html']);
      for (const text of HOSTILE_TEXTS.filter((one) => one.trim() !== '')) {
        expect(await shapesOf(await rendered(text)), text).toEqual(wanted);
        expect(await page.evaluate("'canary' in globalThis"), text).toBe(false);
      }
      expect(asked).toEqual([]);
    });
  },
);
