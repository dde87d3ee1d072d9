// Makes the pictures of reports in README and docs, from the reports in reports/example.
//
//   npm run pictures
//
// Exit codes: 0 made, 1 a picture is larger than 150 KB.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { openChromium } from './chromium.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LARGEST = 150 * 1024;

/** What is shown, at which width and in which colours, and what is done before. */
const PICTURES = [
  {
    name: 'report.png',
    of: '2026-01-29',
    width: 1100,
    height: 850,
    scheme: 'light',
    fold: 'h2, .board, .fold, .feature-counts',
  },
  { name: 'report-phone.png', of: '2026-02-26', width: 390, height: 844, scheme: 'dark', fold: '' },
];

const browser = await openChromium();
for (const { name, of, width, height, scheme, fold } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await page.goto(pathToFileURL(join(ROOT, 'reports', 'example', of, 'report.html')).href);
  // A picture of what is broken leaves the board of features out.
  if (fold !== '') await page.addStyleTag({ content: `${fold} { display: none !important; }` });
  const path = join(ROOT, 'docs', name);
  await page.screenshot({ path });
  const { size } = statSync(path);
  process.stdout.write(`docs/${name}: ${Math.round(size / 1024)} KB\n`);
  if (size > LARGEST) process.exitCode = 1;
}
await browser.close();
