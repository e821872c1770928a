import katex from 'katex';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
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
  /** Changes how single elements are rendered. */
  readonly adjust: (parser: MarkdownIt) => void;
  /** The elements, attributes and classes that survive. */
  readonly allowed: sanitizeHtml.IOptions;
}

/** What one text leaves behind while it is parsed. */
interface Environment {
  readonly formulas: Formula[];
}

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
    return sanitizeHtml(rendered, dialect.allowed).replace(PLACEHOLDERS, (_, number: string) => {
      const formula = formulas[Number(number)];
      return formula === undefined ? '' : renderFormula(formula);
    });
  };
}
