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
    let plain: Texts;
    const asked: string[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({
        ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
      page = await browser.newPage();
      page.on('request', (request) => asked.push(request.url()));
      plain = await rendered('word');
    });
    afterAll(() => browser.close());

    /** Opens a page as a browser does, with its scripts. */
    async function shapeOfPage(html: string): Promise<unknown> {
      await page.setContent(html);
      return await page.evaluate(`(${SHAPE})(document)`);
    }

    /** Reads XML as a parser does that gives up at the first fault. */
    async function shapeOfXml(xml: string): Promise<unknown> {
      const text = JSON.stringify(xml);
      return await page.evaluate(`(${SHAPE})(new DOMParser().parseFromString(${text}, 'application/xml'))`);
    }

    test('are words: nothing of them runs, and no element, attribute or address comes of them', async () => {
      const wanted = {
        html: await shapeOfPage(plain.get('html 0') ?? ''),
        junit: await shapeOfXml(plain.get('junit 0') ?? ''),
        badge: await shapeOfXml(plain.get('badge 0') ?? ''),
      };
      await shapeOfPage(plain.get('html 0') ?? '');
      await page.waitForFunction(UNFOLDED);
      const unfolded = await page.evaluate(`(${SHAPE})(document)`);
      expect(JSON.stringify(wanted)).not.toContain('parsererror');
      for (const text of HOSTILE_TEXTS.filter((one) => one.trim() !== '')) {
        const texts = await rendered(text);
        expect(await shapeOfPage(texts.get('html 0') ?? ''), text).toEqual(wanted.html);
        await page.waitForFunction(UNFOLDED);
        expect(await page.evaluate(`(${SHAPE})(document)`), text).toEqual(unfolded);
        expect(await page.evaluate("'canary' in globalThis"), text).toBe(false);
        expect(await shapeOfXml(texts.get('junit 0') ?? ''), text).toEqual(wanted.junit);
        expect(await shapeOfXml(texts.get('badge 0') ?? ''), text).toEqual(wanted.badge);
      }
      expect(asked).toEqual([]);
    });
  },
);
