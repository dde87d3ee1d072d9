// The documents of the repository as pages of the site: where each is, and where its links lead.
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Documents that are elsewhere than in `docs/`, and their pages. */
const ELSEWHERE = new Map([
  ['README.md', 'index.md'],
  ['ARCHITECTURE.md', 'architecture.md'],
  ['CHANGELOG.md', 'changelog.md'],
  ['CONTRIBUTING.md', 'contributing.md'],
  ['SECURITY.md', 'security.md'],
  ['signatures/README.md', 'signatures.md'],
  ['src/explain/readers/README.md', 'readers.md'],
]);

export const DOCUMENTS_ELSEWHERE = [...ELSEWHERE.keys()];

/**
 * The page of a document: `docs/gate.md` is `gate.md`, `docs/decisions/README.md` is `decisions/index.md`.
 * @param {string} document its path in the repository, with `/`
 * @returns undefined for a file that is no page
 */
export function pageOf(document) {
  const elsewhere = ELSEWHERE.get(document);
  if (elsewhere !== undefined) return elsewhere;
  if (!/^docs\/.*\.md$/.test(document)) return undefined;
  return document.slice('docs/'.length).replace(/README\.md$/, 'index.md');
}

/**
 * A document with the links of its page: to other pages, and to files of the repository by the address where the source can
 * be read. Without that address, such a link is its text.
 * @param {string} text Markdown
 * @param {string} document its path in the repository
 * @param {string | undefined} source the address of the repository's files, such as `https://host/owner/name/blob/main`
 */
export function withLinksOfPage(text, document, source) {
  const page = pageOf(document) ?? document;
  return outsideCode(text, (plain) =>
    plain.replaceAll(/(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, (whole, picture, words, link) => {
      if (/^(?:[a-z]+:|#)/.test(link) || picture !== '') return whole;
      const [path, anchor] = link.split('#');
      const target = posix.normalize(posix.join(posix.dirname(document), path)).replace(/\/$/, '');
      const other = pageOf(target);
      if (other !== undefined) {
        const to = posix.relative(posix.dirname(page), other);
        return `[${words}](${to.startsWith('.') ? to : `./${to}`}${anchor === undefined ? '' : `#${anchor}`})`;
      }
      if (!existsSync(join(ROOT, target)))
        throw new Error(`${document} links to ${link}, which is not there`);
      return source === undefined ? words : `[${words}](${source}/${target})`;
    }),
  );
}

/** Changes what is no code: neither an indented or fenced block nor a span. */
function outsideCode(text, change) {
  return text
    .split(/(^```[\s\S]*?^```$|^ {4}.*$|`+[^`]+`+)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

/** The pictures that a document shows, as paths in the repository, each with its path beside the page. */
export function picturesOf(text, document) {
  return [...text.matchAll(/!\[[^\]]*\]\(([^):\s]+)\)/g)].map(([, link]) => ({
    file: relative(ROOT, resolve(ROOT, dirname(document), link)),
    beside: posix.join(posix.dirname(pageOf(document) ?? ''), link),
  }));
}
