// The site of the documents. `npm run docs:build` makes its pages first: see ../build.js.
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';
import { defineConfig } from 'vitepress';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const sidebar = JSON.parse(readFileSync(new URL('../pages/navigation.json', import.meta.url), 'utf8'));

/** The groups of the sidebar that the head of each page leads to. */
const IN_HEAD = ['Guide', 'Commands', 'Checks', 'Errors'];

export default defineConfig({
  title: 'conform',
  description: 'Asks a vendor’s API what it really does, says why it refuses, and remembers the answer.',
  srcDir: 'pages',
  outDir: 'built',
  cleanUrls: false,
  lastUpdated: false,
  // Built where there is no network, and opened from any folder of a server.
  base: '/',
  markdown: { html: false, config: plainText },
  themeConfig: {
    sidebar,
    nav: [
      ...sidebar
        .filter(({ text }) => IN_HEAD.includes(text))
        .map(({ text, items: [first] }) => ({ text, link: first.link })),
      { text: `Version ${version}`, link: '/changelog' },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    externalLinkIcon: false,
  },
});

/** The documents are Markdown and nothing else: braces in them are no expressions of Vue. */
function plainText(md) {
  const { rules } = md.renderer;
  for (const kind of ['text', 'code_inline']) {
    const rendered = rules[kind];
    rules[kind] = (...args) => rendered(...args).replaceAll('{{', '&#123;&#123;');
  }
  md.core.ruler.push('indented-code', ({ tokens }) => {
    for (const token of tokens)
      if (token.type === 'code_block') Object.assign(token, { type: 'fence', tag: 'code' });
  });
}
