/** Strings, names and comments, which order nothing; hexadecimal strings hold no q. Then whatever stands between delimiters. */
const TOKENS =
  /\((?:[^()\\]|\\[^])*\)|\/[^\s\0/<>[\](){}%]*|%[^\r\n]*|(?<token>[^\s\0/<>[\](){}%]+)/gu;

/**
 * How many states the drawing orders of a page or form hold saved at once, at most (ISO 32000-1 asks readers for 28). A word
 * that is no order counts with each q in it: readers take unknown words apart into orders. Data of pictures between the
 * orders are passed over.
 */
export function deepestSave(content: string): number {
  let depth = 0;
  let deepest = 0;
  let isPicture = false;
  let isData = false;
  for (const { groups } of content.matchAll(TOKENS)) {
    const token = groups?.['token'];
    if (token === undefined) continue;
    if (isData) {
      isData = token !== 'EI';
      isPicture = isData;
    } else if (token === 'BI') isPicture = true;
    else if (token === 'ID') isData = isPicture;
    else if (token === 'Q') depth = Math.max(0, depth - 1);
    else if (token.includes('q')) depth += token.split('q').length - 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
