import type MarkdownIt from 'markdown-it';
import { escapeXml } from '@labproof/submission';
import { type Markup, trusted } from '../document/markup.ts';
import { createMarkdown } from '../document/safe-markdown.ts';

const level = (tag: string | undefined): string => (/^h[1-3]$/.test(tag ?? '') ? 'h3' : 'h4');
const scrolling = (content: string): string => `<div class="scroll" tabindex="0">${content}`;

/** Keeps the outline of the page whole: the largest heading of a text becomes `<h3>`, all others smaller ones. */
function adjust(parser: MarkdownIt): void {
  const { rules } = parser.renderer;
  rules['heading_open'] = (tokens, index) => `<${level(tokens[index]?.tag)}>`;
  rules['heading_close'] = (tokens, index) => `</${level(tokens[index]?.tag)}>\n`;
  // Wide tables and long lines of code scroll inside themselves, by keyboard too.
  rules['table_open'] = () => scrolling('<table>\n');
  rules['table_close'] = () => '</table></div>\n';
  for (const name of ['fence', 'code_block']) {
    rules[name] = (tokens, index) =>
      `${scrolling(`<pre><code>${escapeXml(tokens[index]?.content ?? '')}</code></pre>`)}</div>\n`;
  }
}

const renderMarkdown = createMarkdown({
  whose: 'lab',
  adjust,
  allowed: {
    allowedTags:
      'h3 h4 p br strong em s code pre blockquote ul ol li hr a div table thead tbody tr th td'.split(
        ' ',
      ),
    allowedAttributes: {
      ol: ['start'],
      a: ['href', 'title'],
      div: ['class', 'tabindex'],
      th: ['style'],
      td: ['style'],
    },
    allowedClasses: { div: ['scroll'] },
    allowedStyles: { '*': { 'text-align': [/^(?:left|center|right)$/] } },
    allowedSchemes: ['https', 'http'],
    disallowedTagsMode: 'discard',
  },
});

/** Renders Markdown of a lab: headings, links, tables and formulas; no raw HTML. */
export function renderLabText(text: string): Markup {
  return trusted(renderMarkdown(text));
}
