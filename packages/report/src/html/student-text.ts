import katex from 'katex';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { escapeXml } from '../plots/tidy-svg.ts';
import { findMath, type Formula } from './math-rule.ts';
import { type Markup, trusted } from './markup.ts';

/** Longer texts are cut in the page, with a note; `grade.json` keeps them whole. */
const LONGEST = 20_000;
/** Formulas beyond this many in one text stay TeX: each one grows a hundredfold when it is set. */
const MOST_FORMULAS = 150;

/**
 * Left in place of a formula while the HTML around it is sanitised. Private-use characters of the text itself
 * are removed first, so that nobody can write a placeholder.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PLACEHOLDERS = /\uE000(\d+)\uE001/g;

const ALLOWED = {
  allowedTags:
    'p br strong em s code pre blockquote ul ol li hr span table thead tbody tr th td'.split(' '),
  allowedAttributes: { ol: ['start'], p: ['class'], span: ['class'] },
  allowedClasses: { p: ['heading'], span: ['picture'] },
  allowedSchemes: [],
  disallowedTagsMode: 'discard',
} satisfies sanitizeHtml.IOptions;

function renderFormula({ tex, display }: Formula): string {
  return katex.renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    errorColor: 'currentColor',
    strict: 'ignore',
    trust: false,
    maxSize: 10,
    maxExpand: 200,
  });
}

/** What one text leaves behind while it is parsed. */
interface Environment {
  readonly formulas: Formula[];
}

function createParser(): MarkdownIt {
  const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
  parser.use(findMath, (formula: Formula, { formulas }: Environment): string => {
    if (formulas.length >= MOST_FORMULAS) return `$${formula.tex}$`;
    formulas.push(formula);
    return `${OPEN}${formulas.length - 1}${CLOSE}`;
  });
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
  return parser;
}

const PARSER = createParser();

/**
 * Renders Markdown of a submission. Three walls: the parser takes no HTML, its output passes an allowlist of
 * harmless elements, and formulas are set by KaTeX (which trusts nothing) only after that.
 * No link, picture, style or identifier of the text survives.
 */
export function renderStudentText(text: string): Markup {
  const shown = text.slice(0, LONGEST).replace(/[\uE000\uE001]/g, '');
  const formulas: Formula[] = [];
  const rendered = PARSER.render(shown, { formulas } satisfies Environment);
  const clean = sanitizeHtml(rendered, ALLOWED).replace(PLACEHOLDERS, (_, number: string) => {
    const formula = formulas[Number(number)];
    return formula === undefined ? '' : renderFormula(formula);
  });
  const note =
    text.length > LONGEST
      ? '<p class="picture">[The text goes on; grade.json holds all of it.]</p>'
      : '';
  return trusted(clean + note);
}

/** Makes a single line of untrusted text fit to print: no control characters, not longer than `most` characters. */
export function oneLine(text: string, most: number = 200): string {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : plain;
}
