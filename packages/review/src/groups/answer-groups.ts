/** From this share of common word triples on two answers are of one group. */
const SAME_FROM = 0.8;

/** Words in a row that are compared as one. */
const SHINGLE = 3;

/**
 * Puts same and near-same answers together. The words of each, without Markdown, case and the sentences of the prompt,
 * are cut into runs of three; two answers are alike when the Jaccard index of their sets of runs is at least 0.8
 * (Broder, "On the resemblance and containment of documents", 1997, exactly and not by sketches). A group is a connected
 * component of likeness, so it does not depend on the order. Answers without a word are alike to nobody.
 * Gives groups of two and more, by their first answer in the order given.
 */
export function answerGroups(
  answers: readonly { readonly key: string; readonly text: string }[],
  prompt: string,
): string[][] {
  const common = new Set(sentencesOf(prompt));
  const sets = answers.map(({ key, text }) => ({ key, set: shinglesOf(text, common) }));
  const parent = sets.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  for (const [i, a] of sets.entries()) {
    for (let j = i + 1; j < sets.length; j++) {
      const b = sets[j];
      if (b === undefined || !alike(a.set, b.set)) continue;
      const [low, high] = [root(i), root(j)].toSorted((x, y) => x - y);
      if (low !== undefined && high !== undefined) parent[high] = low;
    }
  }
  const groups = new Map<number, string[]>();
  for (const [index, { key }] of sets.entries()) {
    const own = groups.get(root(index));
    if (own === undefined) groups.set(root(index), [key]);
    else own.push(key);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  // The index is at most the ratio of the sizes.
  if (small.size === 0 || small.size < large.size * SAME_FROM) return false;
  let both = 0;
  for (const shingle of small) if (large.has(shingle)) both += 1;
  return both >= SAME_FROM * (a.size + b.size - both);
}

function shinglesOf(text: string, prompt: ReadonlySet<string>): Set<string> {
  const words = sentencesOf(text)
    .filter((sentence) => !prompt.has(sentence))
    .flatMap((sentence) => sentence.split(' '));
  const length = Math.min(SHINGLE, words.length);
  const shingles = new Set<string>();
  if (length === 0) return shingles;
  for (let at = 0; at + length <= words.length; at++) {
    shingles.add(words.slice(at, at + length).join(' '));
  }
  return shingles;
}

/** Sentences and lines in small letters, their words apart by one space, without marks. Numbers keep their digits and point. */
function sentencesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/(?<=[.!?])\s+|\n+/u)
    .map((sentence) => (sentence.match(/\p{L}[\p{L}\p{M}]*|\d+(?:[.,]\d+)*/gu) ?? []).join(' '))
    .filter((sentence) => sentence !== '');
}
