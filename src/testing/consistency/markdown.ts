/** The rows of all tables of a Markdown text, cell by cell, as a reader sees them. */
export function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(shown),
    );
}

/** The lines below a heading, up to the next one. */
export function sectionOf(markdown: string, heading: string): string[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith('#') && line.includes(heading));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## ') || line.startsWith('# '));
  return rest.slice(0, end < 0 ? undefined : end);
}

/** Markdown as it is read: without marks of code, emphasis, and escapes. */
export function shown(text: string): string {
  return text
    .replaceAll('`', '')
    .replaceAll('**', '')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim();
}
