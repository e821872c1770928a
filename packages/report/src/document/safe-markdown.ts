import katex from 'katex';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { escapeXml } from '@labproof/submission';
import { findMath, type Formula } from './math-rule.ts';

/** Formulas beyond this many in one text stay TeX: each one grows a hundredfold when it is set. */
const MOST_FORMULAS = 150;

/**
 * Left in place of a formula while the HTML around it is sanitised. Private-use characters of the text itself
 * are removed first, so that nobody can write a placeholder.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PLACEHOLDERS = /\uE000(\d+)\uE001/g;

/** What one kind of text may become. */
export interface MarkdownDialect {
  /** Formulas of a student get no colour and no more room than an answer takes; those of a lab are as its author set them. */
  readonly whose: 'lab' | 'student';
  /** Changes how single elements are rendered. */
  readonly adjust: (parser: MarkdownIt) => void;
  /** The elements, attributes and classes that survive. */
  readonly allowed: sanitizeHtml.IOptions;
}

/** What one text leaves behind while it is parsed. */
interface Environment {
  readonly formulas: Formula[];
}

/** Commands that paint, without their paint: colours are what badges and boxes of a page are told by. */
const WITHOUT_COLOUR = {
  '\\color': '\\@secondoftwo{#1}{}',
  '\\textcolor': '\\@secondoftwo{#1}{#2}',
  '\\colorbox': '\\@secondoftwo{#1}{#2}',
  '\\fcolorbox': '\\@secondoftwo{#1#2}{#3}',
} as const;

/** Heights and shifts in a formula that is set, in em. KaTeX bounds positive sizes only. */
const HEIGHT = /(?:height|top|bottom|vertical-align):-?(\d+)/g;
/** A matrix of 40 rows; whatever is taller leaves the page no room. */
const TALLEST = 60;
/** So much of all formulas of one text together. */
const TALLEST_TOGETHER = 600;

function heightOf(set: string): number {
  let most = 1;
  for (const [, digits] of set.matchAll(HEIGHT)) most = Math.max(most, Number(digits));
  return most;
}

function setFormula({ tex, display }: Formula, whose: MarkdownDialect['whose']): string {
  return katex.renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    errorColor: 'currentColor',
    strict: 'ignore',
    trust: false,
    maxSize: whose === 'lab' ? 10 : 3,
    maxExpand: 200,
    // A copy: definitions in a formula are written into it.
    macros: whose === 'lab' ? {} : { ...WITHOUT_COLOUR },
  });
}

/** Sets formulas while there is room; a formula that takes too much stays as it was written. */
function formulaSetter(whose: MarkdownDialect['whose']): (formula: Formula) => string {
  let room = TALLEST_TOGETHER;
  return (formula) => {
    const set = setFormula(formula, whose);
    const height = heightOf(set);
    if (height > Math.min(TALLEST, room)) {
      const sign = formula.display ? '$$' : '$';
      return `<code>${escapeXml(`${sign}${formula.tex}${sign}`)}</code>`;
    }
    room -= height;
    return set;
  };
}

/**
 * A renderer of Markdown behind three walls: the parser takes no HTML, its output passes an allowlist of
 * harmless elements, and formulas are set by KaTeX (which trusts nothing) only after that.
 */
export function createMarkdown(dialect: MarkdownDialect): (text: string) => string {
  const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
  parser.use(findMath, (formula: Formula, { formulas }: Environment): string => {
    if (formulas.length >= MOST_FORMULAS) return `$${formula.tex}$`;
    formulas.push(formula);
    return `${OPEN}${formulas.length - 1}${CLOSE}`;
  });
  dialect.adjust(parser);
  return (text) => {
    const formulas: Formula[] = [];
    const plain = text.replace(/[\uE000\uE001]/g, '');
    const rendered = parser.render(plain, { formulas } satisfies Environment);
    const renderFormula = formulaSetter(dialect.whose);
    return sanitizeHtml(rendered, dialect.allowed).replace(PLACEHOLDERS, (_, number: string) => {
      const formula = formulas[Number(number)];
      return formula === undefined ? '' : renderFormula(formula);
    });
  };
}
