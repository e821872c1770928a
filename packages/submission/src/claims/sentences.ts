/** Long enough for any sentence; a bound on the work that one of them can cause. */
const LONGEST = 1000;
/** What ends in a full stop and no sentence ("approx. 97 %", "ca. 0,97", "e.g. 0.97"). */
const ABBREVIATION =
  /(?<!\p{L})(?:approx|acc|ca|e\.g|i\.e|z\.\s?b|d\.\s?h|bzw|vs|resp|incl|env|aprox|circa|ung|max|min|avg|val|p\.\s?ej|p\.\s?ex|bijv|et\sal|fig|abb|tab|eq|sect?)\.$/iu;
/** A piece that is a number and no more belongs to what asks for it: "Test accuracy? 0.9763." */
const NUMBER_ALONE = /^[\s*_~≈=:(]*[\d.,]+\s*%?[\s*_).!]*$/u;

/** The sentences of a text, none longer than a bound; what is longer is divided between words, and nothing is dropped. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let open: string | null = null;
  for (const piece of text.split(/(?<=[.!?;])\s+|(?<=[。！？；])/u)) {
    const joins =
      open !== null &&
      (ABBREVIATION.test(open.slice(-12)) || NUMBER_ALONE.test(piece.slice(0, 40)));
    if (open !== null && joins && open.length + piece.length < LONGEST) {
      open = `${open} ${piece}`;
      continue;
    }
    if (open !== null) sentences.push(...divided(open));
    open = piece;
  }
  if (open !== null) sentences.push(...divided(open));
  return sentences;
}

function divided(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence];
  const pieces: string[] = [];
  let at = 0;
  while (at < sentence.length) {
    const space = sentence.lastIndexOf(' ', at + LONGEST);
    const end =
      at + LONGEST >= sentence.length ? sentence.length : space > at ? space : at + LONGEST;
    pieces.push(sentence.slice(at, end));
    at = end;
  }
  return pieces;
}
