/** A name or value of CSS with its escapes taken out: `\\78` stands for x. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    /\\(?:(?<code>[\da-f]{1,6})[ \t\n\f]?|(?<character>[^\n\f]))/giu,
    (_, code: string | undefined, character: string | undefined) => {
      const point = Number.parseInt(code ?? '', 16);
      if (code === undefined) return character ?? '';
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : '\uFFFD';
    },
  );
}
