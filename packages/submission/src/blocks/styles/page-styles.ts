import { Parser } from 'htmlparser2';
import { within } from './appearance.ts';
import { declaredTogether, inlineDeclarations } from './declarations.ts';
import { StyleEffort } from './effort.ts';
import { type StyledElement, styledElement } from './element.ts';
import { type Look, PAGE, lookWithin } from './look.ts';
import { sheetsOfScripts } from './page-scripts.ts';
import { StyleSheet } from './style-sheet.ts';

/** An element that is open, with its look. */
export interface StyledLook extends Look {
  readonly element: StyledElement;
}

/** Tells how elements of a page look, by its own style sheets and theirs. Nothing is fetched: linked sheets are not known. */
export class PageStyles {
  readonly #sheet: StyleSheet;
  readonly #effort = new StyleEffort();

  constructor(sheets: readonly string[]) {
    this.#sheet = new StyleSheet(sheets);
  }

  /** The look of an element that opens inside another, or on the page. */
  look(
    name: string,
    attributes: Readonly<Record<string, string>>,
    outer: StyledLook | null,
  ): StyledLook {
    const element = styledElement(name, attributes, outer?.element ?? null);
    const inline = inlineDeclarations(attributes['style'] ?? '');
    const around = outer ?? PAGE;
    if (this.#sheet.isEmpty) return { ...lookWithin(around, name, attributes, inline), element };
    const { sure, possible } = this.#sheet.declared(element, this.#effort);
    const look = lookWithin(around, name, attributes, declaredTogether(sure, inline));
    if (possible === null) return { ...look, element };
    const other = lookWithin(around, name, attributes, declaredTogether(possible, inline));
    const isGone = look.isGone || other.isGone;
    return {
      ...look,
      isGone,
      appearance: within(look.appearance, other.appearance),
      element,
    };
  }
}

const IN_LINK = /^data:text\/css(?:;charset=[\w-]+)?(?<base64>;base64)?,(?<content>.*)$/isu;

/** The style sheets that stand in HTML: `<style>`, links that carry theirs along, and what scripts may hide. */
export function styleSheetsIn(html: string): string[] {
  if (!/<style|stylesheet|<script/iu.test(html)) return [];
  const scripts: string[] = [];
  let script: string | null = null;
  const sheets: string[] = [];
  let open: string | null = null;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'style' && open === null) open = '';
      if (name === 'script' && script === null) script = '';
      const linked = IN_LINK.exec(attributes['href'] ?? '')?.groups;
      if (name === 'link' && linked !== undefined) sheets.push(unpacked(linked));
    },
    ontext: (content) => {
      if (open !== null) open += content;
      if (script !== null) script += content;
    },
    onclosetag: (name) => {
      if (name === 'script' && script !== null) {
        scripts.push(script);
        script = null;
      }
      if (name !== 'style' || open === null) return;
      sheets.push(open);
      open = null;
    },
  });
  parser.end(html);
  return [...sheets, ...sheetsOfScripts(scripts)];
}

function unpacked({ base64, content = '' }: Readonly<Record<string, string | undefined>>): string {
  try {
    return base64 === undefined ? decodeURIComponent(content) : atob(content);
  } catch {
    return '';
  }
}
