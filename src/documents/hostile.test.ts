import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { HOSTILE_TEXTS } from '../testing/hostile.js';
import { rendered, type Texts } from '../testing/hostile-report.js';
import { jsonShape, markdownShape, markupShape, stringsOf } from '../testing/shapes.js';

/** Of what there is nothing of, another report is made. */
const TEXTS = HOSTILE_TEXTS.filter((text) => text.trim() !== '');

function shapeOf(name: string, text: string): unknown {
  if (/^(html|junit|badge)/.test(name)) return markupShape(text);
  if (/^(md|step-summary|paper)/.test(name)) return markdownShape(text);
  // A file above the current folder is named from the root.
  return jsonShape(JSON.parse(text.replaceAll(/,\s*"uriBaseId": "%SRCROOT%"/g, '')));
}

describe('a report that is made of hostile texts has the shape of one that is made of harmless texts', () => {
  let plain: Texts;
  beforeAll(async () => {
    plain = await rendered('word');
  });

  test.each(TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s',
    async (_, text) => {
      const texts = await rendered(text);
      expect([...texts.keys()]).toEqual([...plain.keys()]);
      for (const [name, written] of texts) {
        expect(shapeOf(name, written), name).toEqual(shapeOf(name, plain.get(name) ?? ''));
      }
      // Messages of plain text have links as well (SARIF 2.1.0, section 3.11.6).
      for (const message of stringsOf(texts.get('sarif 0') ?? '', /^text$/)) {
        expect(message.replace(/\\./gs, '')).not.toMatch(/[[\]]/);
      }
      for (const format of ['capability-statement 0', 'test-report 0']) {
        for (const string of stringsOf(texts.get(format) ?? '', /./)) {
          expect(string, format).not.toMatch(/\p{Cc}/u);
          expect(string, format).not.toBe('');
        }
        for (const string of stringsOf(texts.get(format) ?? '', /^(?:message|documentation)$/)) {
          expect(markdownShape(string), format).toEqual(['text ']);
        }
      }
    },
  );

  test('what there is nothing of is written as well', async () => {
    for (const text of ['', ' ']) {
      for (const [name, written] of await rendered(text)) expect(written, name).not.toBe('');
    }
  });
});

describe('templates', () => {
  test('HTML: what is written is in a text, or in an attribute that neither runs nor leads anywhere', async () => {
    for (const name of ['report.html.hbs', 'bench.html.hbs', 'fleet.html.hbs']) {
      const source = await readFile(join(PACKAGE_ROOT, 'templates', name), 'utf8');
      expect(source).not.toContain('{{{');
      for (const { index } of source.matchAll(/\{\{(?![#/]|else)/g)) {
        const before = source.slice(0, index).replace(/\{\{[^}]*\}\}/g, '');
        const tag = before.slice(before.lastIndexOf('<'));
        expect(tag).not.toMatch(/^<(?:script|style)/i);
        if (tag.includes('>')) continue;
        const [, attribute] = /([\w:-]+)="[^"]*$/.exec(tag) ?? [];
        expect(attribute, tag).toMatch(/^(?!on|href|src|action|formaction|xlink)/i);
      }
    }
  });

  test('HTML: style and script of the report are ASCII, as character references mean nothing there', async () => {
    const source = await readFile(join(PACKAGE_ROOT, 'templates', 'report.html.hbs'), 'utf8');
    const raw = [...source.matchAll(/<(style|script)>(.*?)<\/\1>/gs)].map(([, , text]) => text);
    expect(raw).toHaveLength(2);
    for (const text of raw) expect(text).toMatch(/^[\0-\x7f]+$/);
  });

  test('Markdown and text: nothing is written as it is but the script in a mail', async () => {
    const folder = join(PACKAGE_ROOT, 'templates');
    const names = (await readdir(folder, { recursive: true })).filter((name) =>
      /\.(?:md|txt)\.hbs$/.test(name),
    );
    const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(sources.flatMap((source) => source.match(/\{\{[{&][^}]*\}\}\}?/g) ?? [])).toEqual([
      '{{{reproduction.script}}}',
    ]);
  });
});
