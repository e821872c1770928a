import { Parser } from 'htmlparser2';

/** What of a page could run or load something. */
export interface PageInspection {
  /** Elements that run or embed, as `script`, `iframe`. */
  readonly active: string[];
  /** Attributes that run, as `onerror`. */
  readonly handlers: string[];
  /** Addresses in attributes and styles that are neither inside the page nor `data:` pictures and fonts. */
  readonly addresses: string[];
  readonly ids: string[];
}

const ACTIVE = new Set(
  'script iframe frame object embed applet base form link img video audio source picture input portal'.split(
    ' ',
  ),
);
const ADDRESS = new Set(
  'src href action formaction poster data srcset xlink:href background'.split(' '),
);
const INSIDE = /^(?:#|data:image\/png;base64,|data:font\/woff2;base64,)/;

/** Parses a page and lists everything in it that could run or load. */
export function inspectHtml(html: string): PageInspection {
  const found: PageInspection = { active: [], handlers: [], addresses: [], ids: [] };
  const inStyle = (css: string): void => {
    for (const [, url = ''] of css.matchAll(/url\(\s*["']?([^)"']*)/g)) {
      if (!INSIDE.test(url)) found.addresses.push(url);
    }
    if (/@import/i.test(css)) found.addresses.push('@import');
  };
  let style = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      style = name === 'style';
      if (ACTIVE.has(name)) found.active.push(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute.startsWith('on')) found.handlers.push(attribute);
        if (ADDRESS.has(attribute) && !INSIDE.test(value)) found.addresses.push(value);
        if (attribute === 'style') inStyle(value);
        if (attribute === 'id') found.ids.push(value);
      }
      if (name === 'meta' && attributes['http-equiv'] === 'refresh') found.active.push('refresh');
    },
    ontext(text) {
      if (style) inStyle(text);
    },
    onclosetag() {
      style = false;
    },
  });
  parser.end(html);
  return found;
}

/** The text of a page as one reads it: no styles, no scripts, space run together. */
export function visibleText(html: string): string {
  const parts: string[] = [];
  let silent = 0;
  const parser = new Parser({
    onopentag(name) {
      if (name === 'style' || name === 'script') silent++;
    },
    ontext(text) {
      if (silent === 0) parts.push(text);
    },
    onclosetag(name) {
      if (name === 'style' || name === 'script') silent--;
    },
  });
  parser.end(html);
  return parts.join('').replace(/\s+/g, ' ');
}
