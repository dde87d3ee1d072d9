// Makes the site of the documents: its pages from the repository and the built program, then HTML, then follows every link.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { build } from 'vitepress';
import { deadLinks } from './check-links.js';
import { commandPages } from './commands.js';
import { controlsPage } from './controls.js';
import { DOCUMENTS_ELSEWHERE, pageOf, picturesOf, ROOT, withLinksOfPage } from './documents.js';
import { navigationOf } from './navigation.js';
import { runFilePage } from './run-file.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PAGES = join(HERE, 'pages');
/** Where the files of the repository can be read, if anywhere. */
const SOURCE = process.env.CONFORM_SOURCE_URL;

await rm(PAGES, { recursive: true, force: true });
const documents = [
  ...DOCUMENTS_ELSEWHERE,
  ...(await readdir(join(ROOT, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const titles = new Map();
for (const document of documents) {
  const text = await readFile(join(ROOT, document), 'utf8');
  await page(pageOf(document), withLinksOfPage(text, document, SOURCE));
  for (const { file, beside } of picturesOf(text, document)) {
    await mkdir(dirname(join(PAGES, beside)), { recursive: true });
    await cp(join(ROOT, file), join(PAGES, beside));
  }
}
const commands = commandPages();
for (const { name, text } of commands) await page(name, text);
await page('controls.md', controlsPage());
await page('run-file.md', runFilePage());
await writeFile(join(PAGES, 'navigation.json'), JSON.stringify(navigationOf(titles, commands)));

await build(HERE);
const { pages, dead } = await deadLinks(join(HERE, 'built'));
for (const link of dead) process.stderr.write(`dead link: ${link}\n`);
process.stdout.write(`${pages} pages in site/built, ${dead.length} dead links\n`);
process.exitCode = dead.length === 0 ? 0 : 1;

/** Writes a page, and keeps its title. */
async function page(name, text) {
  const file = join(PAGES, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  titles.set(name, /^# (.*)$/m.exec(text)?.[1].replaceAll('`', '') ?? name);
}
