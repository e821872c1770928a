/** The page that shows the diagram. */
export const PAGE = new URL('../../../../CONTRIBUTING.md', import.meta.url);

const BEGIN = '<!-- npm run house -->';
const END = '<!-- /npm run house -->';

/** The page with the diagram between its two marks. Throws where a mark is missing. */
export function withDiagram(page: string, diagram: string): string {
  const [before, rest = ''] = split(page, BEGIN);
  const [, after] = split(rest, END);
  return `${before}${BEGIN}\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n${END}${after}`;
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`CONTRIBUTING.md has no line ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
