import type MarkdownIt from 'markdown-it';
import { escapeXml } from '@labproof/submission';
import { type Markup, trusted } from '../../document/markup.ts';
import { createMarkdown } from '../../document/safe-markdown.ts';

/** Longer texts are cut in the page, with a note; `grade.json` keeps them whole. */
const LONGEST = 20_000;

function adjust(parser: MarkdownIt): void {
  const { rules } = parser.renderer;
  // Headings of a student must not enter the outline of the report.
  rules['heading_open'] = () => '<p class="heading">';
  rules['heading_close'] = () => '</p>\n';
  // A link is shown as what it is, text and address; nothing in a report leads out of it.
  rules['link_open'] = () => '';
  rules['link_close'] = (tokens, index) => {
    let open = index;
    for (let depth = 1; depth > 0 && open > 0;) {
      open--;
      if (tokens[open]?.type === 'link_close') depth++;
      if (tokens[open]?.type === 'link_open') depth--;
    }
    const text = tokens
      .slice(open + 1, index)
      .map(({ content }) => content)
      .join('');
    const address = tokens[open]?.attrGet('href') ?? '';
    return address === text || address === '' ? '' : ` (<code>${escapeXml(address)}</code>)`;
  };
  rules['image'] = (tokens, index) =>
    `<span class="picture">[picture${tokens[index]?.content ? `: ${escapeXml(tokens[index].content)}` : ''}]</span>`;
}

const renderMarkdown = createMarkdown({
  whose: 'student',
  adjust,
  allowed: {
    allowedTags:
      'p br strong em s code pre blockquote ul ol li hr span table thead tbody tr th td'.split(' '),
    allowedAttributes: { ol: ['start'], p: ['class'], span: ['class'] },
    allowedClasses: { p: ['heading'], span: ['picture'] },
    allowedSchemes: [],
    disallowedTagsMode: 'discard',
  },
});

/**
 * Renders Markdown of a submission behind the walls of `createMarkdown`.
 * No link, picture, style or identifier of the text survives.
 */
export function renderStudentText(text: string): Markup {
  const note =
    text.length > LONGEST
      ? '<p class="picture">[The text goes on; grade.json holds all of it.]</p>'
      : '';
  return trusted(renderMarkdown(text.slice(0, LONGEST)) + note);
}

/** Makes a single line of untrusted text fit to print: no control characters, not longer than `most` characters. */
export function oneLine(text: string, most: number = 200): string {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : plain;
}
