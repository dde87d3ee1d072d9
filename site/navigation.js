// The order of the pages in the sidebar.

/** The groups, each with its pages; a page in none of them is in the last, so that every page can be found. */
const GROUPS = [
  [
    'Guide',
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
      'flows',
    ],
    ...['client', 'library', 'store', 'fleet-report', 'bench', 'redaction', 'coverage'],
  ],
  ['Commands', 'commands/'],
  ['Checks', 'checks', 'configure-checks', 'answers', 'contract-rules', 'faults'],
  ['Controls and signatures', 'controls', 'signatures', 'refusals'],
  ['Errors', 'errors/'],
  ['Reference', 'run-file', 'words', 'glossary'],
  ['Decisions', 'decisions/'],
  ['Project', 'changelog', 'contributing', 'architecture', 'security', 'readers', 'fuzzing'],
  ['Measured'],
];
/** Groups with so many pages are folded until one of them is open. */
const MANY = 15;

/**
 * The sidebar, as VitePress takes it.
 * @param {Map<string, string>} titles the title of each page by its name, such as `decisions/index.md`
 * @param {{ name: string, title: string }[]} commands the pages of commands, in their order and by their short titles
 */
export function navigationOf(titles, commands) {
  const left = new Map(titles);
  for (const { name, title } of commands) left.set(name, title);
  const take = (name) => {
    const text = left.get(name);
    if (text === undefined) throw new Error(`the sidebar names ${name}, and there is no such page`);
    left.delete(name);
    return {
      // The sidebar has no room for what all codes begin with.
      text: name.includes('/') ? text.replace(/^CONFORM_E_/, '') : labelOf(name),
      link: `/${name.replace(/(?:index)?\.md$/, '')}`,
    };
  };
  const groups = GROUPS.map(([text, ...entries]) => ({
    text,
    items: entries.flatMap((entry) =>
      entry.endsWith('/') ? inFolder(left, entry).map(take) : [take(`${entry}.md`)],
    ),
  }));
  groups.at(-1).items.push(...[...left.keys()].sort().map(take));
  return groups
    .filter(({ items }) => items.length > 0)
    .map((group) => ({ ...group, collapsed: group.items.length > MANY }));
}

/** A page of the first level by its name, which is shorter than its title: `spec-folder.md` is “Spec folder”. */
function labelOf(name) {
  const words = name === 'index.md' ? 'start here' : name.replace(/\.md$/, '').replaceAll('-', ' ');
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

/** The pages of a folder, its index first. */
function inFolder(titles, folder) {
  const names = [...titles.keys()].filter((name) => name.startsWith(folder));
  const isIndex = (name) => name.endsWith('/index.md');
  return [...names.filter(isIndex), ...names.filter((name) => !isIndex(name))];
}
