import { stemmer } from 'stemmer';

/** Where a concept's words stand in a text. */
export interface ConceptFound {
  readonly met: 'found' | 'negated' | 'not-found';
  /** The sentence; empty where it was not found. */
  readonly where: string;
}

interface Sentence {
  readonly text: string;
  /** Stems of its words; a negating word keeps its place as `NOT`. */
  readonly stems: readonly string[];
}

/** Stands for every word that turns around what follows it. */
const NOT = '\u0000';
const NEGATIONS = new Set(
  'not no never without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt neither nor none hardly barely instead fail fails failed'.split(
    ' ',
  ),
);
/** Words between the words of a phrase that do not part them. */
const WIDEST_GAP = 3;
/** A negation reaches so many words ahead, and not over a clause's end. */
const NEGATION_REACH = 4;
const CLAUSE_END = '\u0001';
const MOST_CHARACTERS = 50_000;
const LONGEST_SHOWN = 300;

/**
 * Looks for any one of some words or phrases, whatever their inflexion (Porter's stemmer, for English). The words of a
 * phrase count in their order, with at most three others between two of them, within a sentence. A phrase that only
 * stands behind a negation is `negated`.
 */
export function findConcept(text: string, phrases: readonly string[]): ConceptFound {
  const sentences = sentencesOf(text);
  let negated: Sentence | null = null;
  for (const phrase of phrases) {
    const wanted = stemsOf(phrase).filter((stem) => stem !== CLAUSE_END);
    for (const sentence of sentences) {
      for (const start of startsOf(wanted, sentence.stems)) {
        if (!isNegated(sentence.stems, start)) {
          return { met: 'found', where: sentence.text.slice(0, LONGEST_SHOWN) };
        }
        negated ??= sentence;
      }
    }
  }
  return negated === null
    ? { met: 'not-found', where: '' }
    : { met: 'negated', where: negated.text.slice(0, LONGEST_SHOWN) };
}

function sentencesOf(text: string): Sentence[] {
  return text
    .slice(0, MOST_CHARACTERS)
    .split(/(?<=[.!?])\s+|\n\s*\n|\n(?=\s*[-*•])/u)
    .map((sentence) => ({ text: sentence.trim(), stems: stemsOf(sentence) }))
    .filter(({ stems }) => stems.length > 0);
}

function stemsOf(text: string): string[] {
  return [
    ...text
      .toLowerCase()
      .replaceAll(/['’]/gu, '')
      .matchAll(/[\p{L}\p{N}]+|[;:,()]/gu),
  ].map(([word]) => {
    if (/^[;:,()]$/u.test(word)) return CLAUSE_END;
    return NEGATIONS.has(word) ? NOT : stemmer(word);
  });
}

/** Every place at which the wanted stems begin. A phrase that negates ("no hidden layer") wants its own negation. */
function startsOf(wanted: readonly string[], stems: readonly string[]): number[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const starts: number[] = [];
  for (let start = stems.indexOf(first); start >= 0; start = stems.indexOf(first, start + 1)) {
    let at = start;
    const whole = wanted.slice(1).every((stem) => {
      const next = stems.indexOf(stem, at + 1);
      const near = next >= 0 && next - at <= WIDEST_GAP + 1;
      at = next;
      return near;
    });
    if (whole) starts.push(start);
  }
  return starts;
}

function isNegated(stems: readonly string[], start: number): boolean {
  const before = stems.slice(Math.max(0, start - NEGATION_REACH), start);
  const clause = before.slice(before.lastIndexOf(CLAUSE_END) + 1);
  // Two negations take each other back: "it does not fail to overfit".
  return clause.filter((stem) => stem === NOT).length % 2 === 1;
}
