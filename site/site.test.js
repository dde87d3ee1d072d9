import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deadLinks } from './check-links.js';
import { pageOf, withLinksOfPage } from './documents.js';
import { navigationOf } from './navigation.js';

describe('the links of a built site', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conform-site-'));
    await mkdir(join(folder, 'below'));
    await writeFile(
      join(folder, 'below/page.html'),
      '<h2 id="there">x</h2><a href="../index.html#top">x</a>',
    );
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const deadIn = async (body) => {
    await writeFile(join(folder, 'index.html'), `<h1 id="top">x</h1>${body}`);
    return deadLinks(folder);
  };

  test.each(['below/page.html', '/below/page.html#there', '#top', 'https://other.example/nothing', '/?a=b'])(
    '%s leads somewhere',
    async (link) => {
      expect(await deadIn(`<a href="${link}">x</a>`)).toEqual({ pages: 2, dead: [] });
    },
  );

  test.each(['below/other.html', '/below/page.html#gone', '#gone', '/below/', 'picture.png'])(
    '%s leads nowhere',
    async (link) => {
      expect((await deadIn(`<img src="${link}">`)).dead).toEqual([`index.html: ${link}`]);
    },
  );
});

describe('a document as a page', () => {
  test.each([
    ['README.md', 'index.md'],
    ['docs/gate.md', 'gate.md'],
    ['docs/decisions/README.md', 'decisions/index.md'],
    ['src/cli/program.ts', undefined],
  ])('%s is %s', (document, page) => {
    expect(pageOf(document)).toBe(page);
  });

  test.each([
    ['README.md', '[gate](docs/gate.md#who)', '[gate](./gate.md#who)'],
    [
      'docs/decisions/one-gate.md',
      '[a](../gate.md), [b](run-file.md)',
      '[a](../gate.md), [b](./run-file.md)',
    ],
    ['docs/gate.md', '[code](../src/gate/gate.ts)', 'code'],
    ['docs/gate.md', '`[code](../src/gate/gate.ts)`', '`[code](../src/gate/gate.ts)`'],
    ['docs/gate.md', '[out](https://other.example/a)', '[out](https://other.example/a)'],
  ])('of %s, %s becomes %s', (document, text, expected) => {
    expect(withLinksOfPage(text, document, undefined)).toBe(expected);
  });

  test('leads to the source where there is an address of it, and to nothing that is not there', () => {
    expect(withLinksOfPage('[code](../src/gate/gate.ts)', 'docs/gate.md', 'https://code.example/main')).toBe(
      '[code](https://code.example/main/src/gate/gate.ts)',
    );
    expect(() => withLinksOfPage('[code](../src/none.ts)', 'docs/gate.md', undefined)).toThrow('not there');
  });
});

describe('the sidebar', () => {
  const NAMES = [
    ...[
      'index',
      'init',
      'spec-folder',
      'writes',
      'identities',
      'nightly',
      'gate',
      'drift',
      'explain',
      'audit',
    ],
    ...[
      'flows',
      'client',
      'library',
      'store',
      'fleet-report',
      'bench',
      'redaction',
      'coverage',
      'checks',
      'configure-checks',
      'answers',
      'contract-rules',
    ],
    ...['faults', 'controls', 'signatures', 'refusals', 'run-file', 'words', 'glossary', 'changelog'],
    ...[
      'contributing',
      'architecture',
      'security',
      'readers',
      'fuzzing',
      'decisions/one-gate',
      'decisions/index',
      'errors/one',
      'new-one',
    ],
  ].map((name) => `${name}.md`);
  const titles = new Map(NAMES.map((name) => [name, `Title of ${name}`]));

  test('has every page once, and the index of a folder first', () => {
    const groups = navigationOf(titles, []);
    const links = groups.flatMap(({ items }) => items.map(({ link }) => link));
    expect(links.map((link) => `${link.replace(/\/$/, '/index').slice(1)}.md`).sort()).toEqual(
      [...NAMES].sort(),
    );
    const decisions = groups.find(({ text }) => text === 'Decisions');
    expect(decisions?.items.map(({ link }) => link)).toEqual(['/decisions/', '/decisions/one-gate']);
    expect(groups.at(-1)?.items).toEqual([{ text: 'New one', link: '/new-one' }]);
  });

  test('names no page that is not there', () => {
    const without = new Map([...titles].filter(([name]) => name !== 'gate.md'));
    expect(() => navigationOf(without, [])).toThrow('gate.md');
  });
});
