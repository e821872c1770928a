/** A picture inside a text, as `data:` URIs hold it. */
export const DATA_URI = /data:image\/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=]{64,}/gu;

/**
 * Takes embedded pictures out of a text before it is parsed: they are most of its length and none of its structure.
 * `restore` gives the target back that stood in a place.
 */
export function withoutEmbeddedPictures(text: string): {
  readonly text: string;
  readonly restore: (target: string) => string;
} {
  const pictures: string[] = [];
  const short = text.replaceAll(DATA_URI, (uri) => {
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
