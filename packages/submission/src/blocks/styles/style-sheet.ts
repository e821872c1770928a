/// <reference path="./css-tree.d.ts" />
import parse, { type CssNode } from 'css-tree/parser';
import { type Declarations, isOfLooks, plainName } from './declarations.ts';
import { unescaped } from './escapes.ts';
import type { StyleEffort } from './effort.ts';
import type { StyledElement } from './element.ts';
import { type Match, matches, partsOf, weightOf } from './selectors.ts';

interface Rule {
  readonly selector: CssNode;
  readonly weight: number;
  readonly order: number;
  readonly declarations: readonly Declared[];
}

interface Declared {
  readonly property: string;
  readonly value: string;
  readonly important: boolean;
}

/** Where a page is printed or spoken is not where it is read. */
const ELSEWHERE = /(?<![\w-])(?:print|speech|aural|tty|projection)(?![\w-])/iu;
const SCREEN = /(?<![\w-])(?:all|screen)(?![\w-])|,|\bnot\b/iu;
/** Rules in these hold no selectors of elements. */
const OTHER = new Set(['font-face', 'keyframes', '-webkit-keyframes', 'page', 'property']);

/**
 * The rules of a page's style sheets that decide whether its text can be seen. Conditions of the screen (its width, its
 * colours) are taken to hold: what is hidden from some readers is no statement to all.
 */
export class StyleSheet {
  /** By what the last part of their selectors asks for: `#id`, `.class`, a name, or `*`. */
  readonly #rules = new Map<string, Rule[]>();
  #count = 0;

  constructor(sheets: readonly string[]) {
    for (const css of sheets) this.#add(parse(css, OPTIONS), 0);
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /**
   * What the rules declare for an element. `sure` leaves out those of which only a whole page would tell whether they mean
   * it; `possible` takes them along and is `null` where there are none.
   */
  declared(
    element: StyledElement,
    effort: StyleEffort,
  ): { readonly sure: Declarations; readonly possible: Declarations | null } {
    const found: { readonly rule: Rule; readonly match: Match }[] = [];
    const keys = [
      '*',
      element.name,
      ...[...element.classes].map((name) => `.${name}`),
      ...(element.attributes['id'] === undefined ? [] : [`#${element.attributes['id']}`]),
    ];
    for (const key of keys) {
      for (const rule of this.#rules.get(key) ?? []) {
        const match = matches(rule.selector, element, effort);
        if (match !== 'no') found.push({ rule, match });
      }
    }
    if (found.length === 0) return NOTHING;
    const sorted = found.toSorted(
      (a, b) => a.rule.weight - b.rule.weight || a.rule.order - b.rule.order,
    );
    const taken = (all: typeof sorted): Declarations => {
      const ordered = all.flatMap(({ rule }) => rule.declarations);
      return new Map(
        [
          ...ordered.filter(({ important }) => !important),
          ...ordered.filter(({ important }) => important),
        ].map(({ property, value, important }) => [property, { value, important }]),
      );
    };
    const sure = sorted.filter(({ match }) => match === 'yes');
    return {
      sure: taken(sure),
      possible: sure.length === sorted.length ? null : taken(sorted),
    };
  }

  #add(node: CssNode, depth: number): void {
    if (depth > DEEPEST) return;
    for (const child of partsOf(node)) {
      if (child.type === 'Rule') this.#addRule(child, depth);
      else if (child.type === 'Atrule' && child.block) {
        const name = typeof child.name === 'string' ? child.name.toLowerCase() : '';
        const prelude = textOf(child.prelude);
        const isElsewhere = name === 'media' && ELSEWHERE.test(prelude) && !SCREEN.test(prelude);
        if (!OTHER.has(name) && !isElsewhere) this.#add(child.block, depth + 1);
      }
    }
  }

  #addRule({ prelude, block }: CssNode, depth: number): void {
    if (!block) return;
    const declarations = partsOf(block)
      .map((node) => ({ ...node, property: plainName(node.property ?? '') }))
      .filter(({ type, property }) => type === 'Declaration' && isOfLooks(property))
      .map((node): Declared => ({
        property: node.property,
        value: unescaped(textOf(node.value)),
        important: node.important !== false && node.important !== undefined,
      }));
    this.#add(block, depth + 1);
    // Rules within rules are left unread by the parser; what they are within is taken to be there.
    for (const inner of partsOf(block)) {
      const written = inner.type === 'Raw' ? textOf(inner) : '';
      if (written.includes('{')) this.#add(parse(written, OPTIONS), depth + 1);
    }
    if (declarations.length === 0 || !prelude) return;
    for (const selector of partsOf(prelude)) {
      this.#count += 1;
      const key = keyOf(selector);
      const rule = {
        selector,
        weight: weightOf(selector),
        order: this.#count,
        declarations,
      };
      const known = this.#rules.get(key);
      if (known === undefined) this.#rules.set(key, [rule]);
      else known.push(rule);
    }
  }
}

/** Rules in rules in conditions, so many deep; style sheets that people write have three. */
const DEEPEST = 30;

const NOTHING = { sure: new Map(), possible: null };
const OPTIONS = {
  parseValue: false,
  parseAtrulePrelude: false,
  parseCustomProperty: false,
  positions: false,
};

/** The text of a part that was left as it is written. */
function textOf(node: string | CssNode | null | undefined): string {
  if (typeof node === 'string') return node;
  return node !== null && typeof node?.value === 'string' ? node.value.trim() : '';
}

function keyOf(selector: CssNode): string {
  const parts = partsOf(selector);
  const last = parts.findLastIndex(({ type }) => type === 'Combinator');
  const own = parts.slice(last + 1);
  const named = (type: string): string | undefined => {
    const name = own.find((part) => part.type === type)?.name;
    return typeof name === 'string' ? unescaped(name) : undefined;
  };
  const id = named('IdSelector');
  if (id !== undefined) return `#${id}`;
  const className = named('ClassSelector');
  if (className !== undefined) return `.${className}`;
  return named('TypeSelector')?.toLowerCase() ?? '*';
}
