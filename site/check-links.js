// Follows every link of the built site.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

/**
 * The links within a site that lead nowhere: to a file that is not there, or to an id that its page does not have.
 * @param {string} folder the built site
 * @returns one line for each, with the page that has it
 */
export async function deadLinks(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  const pages = new Map();
  for (const name of names) pages.set(name.replaceAll('\\', '/'), await readFile(join(folder, name), 'utf8'));
  const ids = new Map([...pages].map(([name, text]) => [name, idsOf(text)]));
  const dead = [];
  for (const [name, text] of pages) {
    for (const link of new Set(linksOf(text))) {
      const [path, anchor = ''] = link.split('#');
      const target = path === '' ? name : targetOf(name, path);
      if (!existsSync(join(folder, target))) dead.push(`${name}: ${link}`);
      else if (anchor !== '' && ids.get(target)?.has(decodeURIComponent(anchor)) === false)
        dead.push(`${name}: ${link}`);
    }
  }
  return { pages: pages.size, dead };
}

function idsOf(text) {
  return new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
}

/** The links of a page that stay within the site. */
function linksOf(text) {
  return [...text.matchAll(/\s(?:href|src)="([^"]+)"/g)]
    .map(([, link]) => link.replaceAll('&amp;', '&'))
    .filter((link) => !/^[a-z]+:|^\/\//.test(link));
}

function targetOf(page, path) {
  const [plain] = path.split('?');
  const whole = plain.startsWith('/') ? plain.slice(1) : posix.join(posix.dirname(page), plain);
  return whole === '' || whole.endsWith('/') ? `${whole}index.html` : whole;
}
