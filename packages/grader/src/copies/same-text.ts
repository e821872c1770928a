import { Owners, countPairs } from './owners.ts';
import type { WrittenAnswer } from './written-answers.ts';

/** Share of all sequences of both (Jaccard) from which on two answers are versions of one text: one word changed in each of three sentences leaves about so much. */
const SAME = 0.65;
/** The least hashes of an answer stand for it in a first look; alike answers have most of them in common. */
const SKETCH = 16;
const SKETCH_SHARED = 8;
/** A sequence in more different texts than this was handed out. */
const MOST_VERSIONS = 48;

/** Answers that are (nearly) one text: which text each one is a version of, as a number. */
export function sameTexts(answers: readonly WrittenAnswer[], least: number): number[] {
  const sketches = new Owners();
  const version = answers.map((_, index) => index);
  const first = new Map<string, number>();
  for (const [index, { own }] of answers.entries()) {
    if (own.size < least) continue;
    const sorted = [...own].toSorted((a, b) => a - b);
    // The very same text is looked at once.
    const whole = sorted.join(' ');
    const known = first.get(whole);
    if (known === undefined) first.set(whole, index);
    version[index] = known ?? index;
    if (known === undefined) {
      for (const shingle of sorted.slice(0, SKETCH)) sketches.add(shingle, index);
    }
  }
  const find = (index: number): number => {
    let top = index;
    for (let next = version[top] ?? top; next !== top; next = version[top] ?? top) top = next;
    version[index] = top;
    return top;
  };
  const rare = [...sketches.shared()].filter((having) => having.length <= MOST_VERSIONS);
  countPairs(rare, answers.length, (i, j, together) => {
    const [a, b] = [answers[i], answers[j]];
    if (a === undefined || b === undefined || together < SKETCH_SHARED || find(i) === find(j))
      return;
    if (jaccard(a.own, b.own) < SAME) return;
    const [low, high] = [find(i), find(j)].toSorted((x, y) => x - y);
    version[high ?? 0] = low ?? 0;
  });
  return answers.map((_, index) => find(index));
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common += 1;
  return common / (a.size + b.size - common);
}
