import { Parser } from 'htmlparser2';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

/** Elements that stand within a line of text. */
const INLINE = new Set(
  'a abbr b br code em i kbd mark math q small span strong sub sup time'.split(' '),
);
/** Elements whose words name what follows: no two of them are alike. */
const NAMING = new Set('caption dt figcaption h1 h2 h3 h4 h5 h6 legend summary th'.split(' '));
/** Elements of one line that stand for one of many students, files or trials. */
const ITEMS = new Set(['a', 'li', 'option', 'tr']);
/** Drawn by others, or told by the elements themselves. */
const SILENT = new Set(['defs', 'math', 'script', 'style', 'svg']);
const LEFT_OUT = new Set(['charset', 'content', 'd', 'height', 'loading', 'src', 'style', 'width']);

/**
 * What a page consists of, a line an element or a row of a table, for people to read: names, classes, attributes and
 * words. Fonts, styles, scripts and drawings are left out, which have tests of their own. What differs in nothing but
 * words and numbers from what was shown before is counted and not shown again.
 */
export function outline(html: string): string {
  return `${linesOf(parse(html), '', new Set()).join('\n')}\n`;
}

function parse(html: string): Element {
  const root: Element = { name: 'page', attributes: {}, children: [] };
  const open: Element[] = [root];
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    ontext(text) {
      const siblings = open.at(-1)?.children;
      const before = siblings?.at(-1);
      if (siblings === undefined) return;
      if (typeof before === 'string') siblings[siblings.length - 1] = before + text;
      else siblings.push(text);
    },
    onclosetag() {
      open.pop();
    },
  });
  parser.end(html);
  return root;
}

function linesOf(element: Element, indent: string, seen: Set<string>): string[] {
  const { name, children } = element;
  const head = `${indent}${headOf(element)}`;
  if (SILENT.has(name)) return [head];
  if (name === 'tr') return [`${head} ${children.filter(isElement).map(cellOf).join(' | ')}`];
  if (children.every((child) => !isElement(child) || INLINE.has(child.name))) {
    const words = wordsOf(element);
    return [words === '' ? head : `${head} “${words}”`];
  }
  let more = 0;
  const lines = children.flatMap((child) => {
    if (!isElement(child)) {
      const words = child.replace(/\s+/g, ' ').trim();
      return words === '' ? [] : [`${indent} “${words}”`];
    }
    const shape = shapeOf(child);
    const known = seen.has(shape);
    const within = linesOf(child, `${indent} `, seen);
    seen.add(shape);
    if (!known || (within.length === 1 && !ITEMS.has(child.name))) return within;
    more += 1;
    return [];
  });
  return [head, ...lines, ...(more === 0 ? [] : [`${indent} … ${more} more like what was shown`])];
}

const isElement = (child: Element | string): child is Element => typeof child !== 'string';

function cellOf(cell: Element): string {
  const own = headOf(cell);
  return `${own === 'td' ? '' : `${own} `}“${wordsOf(cell)}”`;
}

/** As a selector says it. */
function headOf({ name, attributes }: Element): string {
  const { id, class: classes = '', ...others } = attributes;
  const rest = Object.entries(others)
    .filter(([key]) => !LEFT_OUT.has(key) && !(name === 'svg' && !key.startsWith('aria-')))
    .map(([key, value]) => (value === '' ? ` ${key}` : ` ${key}=${value}`));
  const dotted = classes
    .split(/\s+/)
    .filter(Boolean)
    .map((each) => `.${each}`);
  return [name, id === undefined ? '' : `#${id}`, ...dotted, ...rest].join('');
}

function wordsOf({ children }: Element): string {
  const words = children.map((child) => {
    if (!isElement(child)) return child;
    if (child.name === 'svg') return '';
    if (SILENT.has(child.name)) return `<${child.name}>`;
    const own = headOf(child);
    if (own === 'span.katex') return '<formula>';
    return own === 'span' ? wordsOf(child) : `<${own}>${wordsOf(child)}</>`;
  });
  return words.join('').replace(/\s+/g, ' ').trim();
}

/** What two elements have in common that differ in nothing but their words and numbers. */
function shapeOf(element: Element): string {
  const { name, attributes, children } = element;
  const words = NAMING.has(name) ? wordsOf(element) : '';
  const inner = children.map((child) =>
    typeof child === 'string' ? (child.trim() === '' ? '' : '·') : shapeOf(child),
  );
  return `${name}.${attributes['class'] ?? ''}(${words}${name === 'svg' ? '' : inner.join('')})`;
}
