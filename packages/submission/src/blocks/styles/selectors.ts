/// <reference path="./css-tree.d.ts" />
import type { CssNode } from 'css-tree/parser';
import { unescaped } from './escapes.ts';
import type { StyleEffort } from './effort.ts';
import type { StyledElement } from './element.ts';

/**
 * How sure it is that a selector means an element: `maybe` where that depends on what stands beside it or comes later,
 * which is not known while a page is read.
 */
export type Match = 'yes' | 'maybe' | 'no';

/** States of a page that nobody has touched do not hold, and what these make is no text of the document. */
const NEVER = new Set(
  `hover focus focus-within focus-visible active target visited checked indeterminate disabled fullscreen modal
   popover-open before after first-letter first-line placeholder marker selection backdrop empty host`
    .trim()
    .split(/\s+/u),
);

/** Whether a selector (of css-tree) means an element. */
export function matches(selector: CssNode, element: StyledElement, effort: StyleEffort): Match {
  const parts = partsOf(selector);
  return matchesFrom(parts, parts.length - 1, element, effort);
}

export function partsOf(node: CssNode): readonly CssNode[] {
  return node.children?.toArray() ?? [];
}

/** What stands at and before `last`: a compound selector, and by its combinator those of other elements. */
function matchesFrom(
  parts: readonly CssNode[],
  last: number,
  element: StyledElement,
  effort: StyleEffort,
): Match {
  let own: Match = 'yes';
  let at = last;
  for (; at >= 0; at -= 1) {
    const part = parts[at];
    if (part === undefined || part.type === 'Combinator') break;
    effort.step();
    own = both(own, matchesSimple(part, element, effort));
    if (own === 'no') return 'no';
  }
  if (at < 0) return own;
  const combinator = parts[at]?.name;
  // What stands beside an element is forgotten by now.
  if (combinator !== ' ' && combinator !== '>') return 'maybe';
  let best: Match = 'no';
  for (let above = element.parent; above !== null; above = above.parent) {
    effort.step();
    best = either(best, matchesFrom(parts, at - 1, above, effort));
    if (best === 'yes' || combinator === '>') break;
  }
  return both(own, best);
}

function matchesSimple(part: CssNode, element: StyledElement, effort: StyleEffort): Match {
  const name = typeof part.name === 'string' ? unescaped(part.name) : '';
  const truth = (holds: boolean): Match => (holds ? 'yes' : 'no');
  switch (part.type) {
    case 'TypeSelector':
      return truth(name === '*' || name.toLowerCase() === element.name);
    case 'ClassSelector':
      return truth(element.classes.has(name));
    case 'IdSelector':
      return truth(element.attributes['id'] === name);
    case 'AttributeSelector':
      return truth(matchesAttribute(part, element));
    case 'PseudoClassSelector':
      return matchesPseudo(name.toLowerCase(), part, element, effort);
    case 'PseudoElementSelector':
      return 'no';
    default:
      return 'maybe';
  }
}

function matchesPseudo(
  name: string,
  part: CssNode,
  element: StyledElement,
  effort: StyleEffort,
): Match {
  if (NEVER.has(name)) return 'no';
  if (name === 'root') return element.name === 'html' ? 'yes' : 'no';
  if (name === 'link' || name === 'any-link') return element.name === 'a' ? 'yes' : 'no';
  if (!['is', 'where', 'not', 'matches', '-webkit-any'].includes(name)) return 'maybe';
  const inner = partsOf(part)
    .flatMap((list) => (list.type === 'SelectorList' ? partsOf(list) : [list]))
    .reduce<Match>((best, selector) => either(best, matches(selector, element, effort)), 'no');
  if (name !== 'not') return inner;
  return inner === 'yes' ? 'no' : inner === 'no' ? 'yes' : 'maybe';
}

function matchesAttribute(
  { name, matcher, value }: CssNode,
  { attributes }: StyledElement,
): boolean {
  const key = typeof name === 'object' ? name.name : name;
  const has = typeof key === 'string' ? attributes[key.toLowerCase()] : undefined;
  if (has === undefined) return false;
  const wanted = typeof value === 'object' && value !== null ? (value.value ?? value.name) : value;
  if (typeof matcher !== 'string' || typeof wanted !== 'string') return true;
  switch (matcher) {
    case '=':
      return has === wanted;
    case '~=':
      return has.split(/\s+/u).includes(wanted);
    case '|=':
      return has === wanted || has.startsWith(`${wanted}-`);
    case '^=':
      return wanted !== '' && has.startsWith(wanted);
    case '$=':
      return wanted !== '' && has.endsWith(wanted);
    default:
      return wanted !== '' && has.includes(wanted);
  }
}

/** How far a selector goes before others: ids, then classes and attributes, then names of elements. */
export function weightOf(selector: CssNode): number {
  let weight = 0;
  for (const part of partsOf(selector)) {
    if (part.type === 'IdSelector') weight += 10_000;
    else if (part.type === 'ClassSelector' || part.type === 'AttributeSelector') weight += 100;
    else if (part.type === 'TypeSelector' && part.name !== '*') weight += 1;
    else if (part.type === 'PseudoClassSelector' && part.name !== 'where') {
      const inner = partsOf(part).flatMap((list) => partsOf(list));
      weight +=
        inner.length === 0 ? 100 : inner.reduce((most, one) => Math.max(most, weightOf(one)), 0);
    }
  }
  return weight;
}

function both(a: Match, b: Match): Match {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'maybe' || b === 'maybe' ? 'maybe' : 'yes';
}

function either(a: Match, b: Match): Match {
  if (a === 'yes' || b === 'yes') return 'yes';
  return a === 'maybe' || b === 'maybe' ? 'maybe' : 'no';
}
