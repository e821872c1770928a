import { Parser } from 'htmlparser2';
import type { ImageReference } from './block.ts';

const BREAKS = new Set(['br', 'p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre']);
const HIDDEN = new Set(['script', 'style', 'template', 'noscript']);

/** The visible text and the pictures of some HTML; comments, scripts and styles are dropped. Nothing is run or fetched. */
export function readHtmlFragment(html: string): { lines: string[]; images: ImageReference[] } {
  const images: ImageReference[] = [];
  let text = '';
  let hidden = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (HIDDEN.has(name)) hidden += 1;
      if (BREAKS.has(name)) text += '\n';
      const source = attributes['src'];
      if (name === 'img' && source !== undefined) {
        images.push({ target: source, alt: attributes['alt'] ?? '' });
      }
    },
    ontext(content) {
      if (hidden === 0) text += content;
    },
    onclosetag(name) {
      if (HIDDEN.has(name)) hidden -= 1;
      if (BREAKS.has(name)) text += '\n';
    },
  });
  parser.end(html);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { lines, images };
}
