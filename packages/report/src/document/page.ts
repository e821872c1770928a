import { paletteCss } from '../plots/palette.ts';
import { fontFaces, formulaStyle } from './fonts.ts';
import { html, type Markup, trusted } from './markup.ts';
import { STYLE } from './style.ts';

export interface PageContent {
  readonly title: string;
  /** Stands at the foot of every printed page. */
  readonly footer: string;
  readonly header: Markup;
  readonly main: Markup;
  /** `wide` gives tables of a class more room. */
  readonly width?: 'text' | 'wide';
  /** A script with its `sha256-…` for the content security policy; without it the page allows none. */
  readonly script?: { readonly code: string; readonly hash: string };
}

/** Any text as a CSS string: everything but letters and digits is written as a code point. */
export function cssString(text: string): string {
  const escaped = [...text].map((character) =>
    /[A-Za-z0-9]/.test(character)
      ? character
      : `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  );
  return `"${escaped.join('')}"`;
}

function contentSecurityPolicy(scriptHash: string | null): string {
  return [
    "default-src 'none'",
    ...(scriptHash === null ? [] : [`script-src '${scriptHash}'`]),
    'img-src data:',
    'font-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const COLOURS = [
  `:root{color-scheme:light dark;${paletteCss('light')}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${paletteCss('dark')}}}`,
].join('\n');

/** The style sheet of a page that has its own markup and looks like the others; its letters are those of Latin. */
export function pageStyle(): string {
  return [fontFaces(''), COLOURS, STYLE].join('\n');
}

/** A complete, self-contained HTML document: fonts and styles inside, nothing loaded from outside. */
export function renderPage(content: PageContent): string {
  const { title, footer, header, main, width = 'text', script } = content;
  const body = html`<a class="skip" href="#main">Skip to the content</a>
    <div class="sheet ${width}">
      <header class="masthead">${header}</header>
      <main id="main" tabindex="-1">${main}</main>
    </div>`;
  const style = [
    fontFaces(title, body.text, footer),
    formulaStyle(body.text),
    COLOURS,
    STYLE,
    `@page{@bottom-left{content:${cssString(footer)}}}`,
  ].join('\n');
  const code = script === undefined ? '' : `<script>${script.code}</script>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${contentSecurityPolicy(script?.hash ?? null)}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>\n${style}\n</style>`)}
      </head>
      <body>
        ${body} ${trusted(code)}
      </body>
    </html> `.text;
}
