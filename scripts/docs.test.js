import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'docs/decisions');
const read = (name) => readFileSync(join(FOLDER, name), 'utf8');
const PAGES = readdirSync(FOLDER).filter((name) => name !== 'README.md');
/** What is code is no link, whatever is in it. */
const CODE = /(`+)(?!`).*?(?<!`)\1(?!`)/g;
const linksOf = (text) => [...text.replace(CODE, '').matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link);

test('the index names every decision once, by its title', () => {
  const listed = [...read('README.md').matchAll(/^- \[(.+)\]\((.+)\)$/gm)].map(([, title, page]) => ({
    title,
    page,
  }));
  expect(listed.map(({ page }) => page).sort()).toEqual([...PAGES].sort());
  for (const { title, page } of listed) expect(read(page).split('\n')[0]).toBe(`# ${title}`);
});

describe.each(PAGES)('%s', (name) => {
  test('has context, decision and consequence, and names the files that hold it', () => {
    const text = read(name);
    const parts = [...text.matchAll(/^\*\*(\w+)\.\*\*|^(Held by): /gm)].map(([, part, held]) => part ?? held);
    expect(parts).toEqual(['Context', 'Decision', 'Consequence', 'Held by']);
    expect(linksOf(text).length).toBeGreaterThan(0);
    for (const link of linksOf(text)) expect(existsSync(join(FOLDER, link)), link).toBe(true);
  });
});

const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

test.each(DOCUMENTS)('every file that %s links to is there', (name) => {
  const links = linksOf(readFileSync(join(ROOT, name), 'utf8')).filter((link) => !/^[a-z]+:/.test(link));
  const missing = links.filter((link) => !existsSync(join(ROOT, dirname(name), link)));
  expect(missing).toEqual([]);
});
