/** How a picture inside a text begins, as `data:` URIs hold it. */
const HEAD = /data:image\/[a-z+.-]{1,20};base64,/gu;
const BASE64 = /[A-Za-z0-9+/=]/u;
/** Fewer characters are no picture. */
const LEAST = 64;

/**
 * A text with something else in the place of each picture that is embedded in it. A pattern for all of a picture would keep
 * every character of megabytes to go back to, more than its stack may hold.
 */
export function replaceEmbedded(text: string, by: (uri: string) => string): string {
  let replaced = '';
  let done = 0;
  for (const { 0: head, index } of text.matchAll(HEAD)) {
    const start = index + head.length;
    let end = start;
    while (end < text.length && BASE64.test(text.charAt(end))) end += 1;
    if (end - start < LEAST) continue;
    replaced += text.slice(done, index) + by(text.slice(index, end));
    done = end;
  }
  return replaced + text.slice(done);
}

/**
 * Takes embedded pictures out of a text before it is parsed: they are most of its length and none of its structure.
 * `restore` gives the target back that stood in a place.
 */
export function withoutEmbeddedPictures(text: string): {
  readonly text: string;
  readonly restore: (target: string) => string;
} {
  const pictures: string[] = [];
  const short = replaceEmbedded(text, (uri) => {
    pictures.push(uri);
    return `embedded-picture-${pictures.length}`;
  });
  return {
    text: short,
    restore: (target) => {
      const index = /^embedded-picture-(?<index>\d{1,6})$/u.exec(target)?.groups?.['index'];
      return (index === undefined ? undefined : pictures[Number(index) - 1]) ?? target;
    },
  };
}
