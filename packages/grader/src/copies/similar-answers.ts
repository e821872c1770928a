import type { Lab } from '@labproof/lab';
import { formatPercent } from '@labproof/submission';
import type { Finding } from './finding.ts';
import { type AlikePair, groupPairs } from './group-pairs.ts';
import { Owners, countPairs } from './owners.ts';

/** Words of a shingle: shorter ones are shared by chance, longer ones are broken by one changed word. */
const SHINGLE = 5;
/** Answers with fewer shingles of their own are too short to be told apart. */
const LEAST_SHINGLES = 15;
/** Share of the shingles of both that both have (Jaccard). */
const LEAST_ALIKE = 0.5;
/** What more of the class writes than this was handed out or is said by everybody. */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 4;
const LONGEST_TEXT = 50_000;
const LONGEST_EXCERPT = 400;
const PAIRS_SHOWN = 20;

interface Written {
  readonly student: string;
  readonly text: string;
}

/**
 * Answers to the same question that have most of their wording in common. The lab's own texts and whatever a fifth of
 * the class writes count for nothing, so neither a template nor a quoted question makes two answers alike.
 */
export function findSimilarAnswers(
  lab: Lab,
  submissions: readonly {
    readonly student: string;
    readonly answers: readonly { readonly question: string | null; readonly text: string }[];
  }[],
): Finding[] {
  return lab.questions.flatMap((question) => {
    const given = shinglesOf(
      [
        lab.introduction,
        question.title,
        question.prompt,
        ...lab.questions.map(({ prompt }) => prompt),
      ].join('\n\n'),
    );
    const written = submissions.map(({ student, answers }): Written => ({
      student,
      text: answers
        .filter((answer) => answer.question === question.id)
        .map((answer) => answer.text)
        .join('\n')
        .slice(0, LONGEST_TEXT),
    }));
    return findingsAmong(written, given, question.id, question.number);
  });
}

function findingsAmong(
  written: readonly Written[],
  given: ReadonlySet<string>,
  question: string,
  number: number,
): Finding[] {
  const owners = new Owners();
  // Shingles of each student's own: not handed out, and below not said by everybody either.
  const sizes = written.map(({ text }, index) => {
    const own = [...shinglesOf(text)].filter((shingle) => !given.has(shingle));
    for (const shingle of own) owners.add(shingle, index);
    return own.length;
  });
  const writers = sizes.filter((size) => size > 0).length;
  const most = Math.max(COMMON_LEAST, Math.floor(COMMON_SHARE * writers));
  for (const having of owners.shared()) {
    if (having.length <= most) continue;
    for (const index of having) sizes[index] = (sizes[index] ?? 0) - 1;
  }
  const telling = [...owners.shared()]
    .filter((having) => having.length <= most)
    .map((having) => having.filter((index) => (sizes[index] ?? 0) >= LEAST_SHINGLES));
  const pairs: AlikePair[] = [];
  countPairs(telling, written.length, (i, j, common) => {
    const [a, b] = [written[i], written[j]];
    if (a === undefined || b === undefined) return;
    const either = (sizes[i] ?? 0) + (sizes[j] ?? 0) - common;
    const value = Math.round((common / either) * 1e4) / 1e4;
    if (value >= LEAST_ALIKE) pairs.push({ a: a.student, b: b.student, value });
  });
  return groupPairs(pairs).map(({ students, pairs: members }): Finding => {
    const [first] = members;
    return {
      kind: 'similar-answers',
      students: [...students],
      exercise: null,
      question,
      message: `The answers of ${students.join(' and ')} to question ${number} have up to ${formatPercent(first?.value ?? 0, 0)} of their wording in common, leaving out the lab's own text and what many write. They may have worked together, or quoted the same source.`,
      statistic: {
        name: `share of ${SHINGLE}-word sequences in common (Jaccard)`,
        value: first?.value ?? 0,
        threshold: LEAST_ALIKE,
        falseAlarms:
          'not known as a rate: answers written apart share next to no sequences of five words, but short factual answers may',
      },
      pairs: members.slice(0, PAIRS_SHOWN).map(({ a, b, value }) => ({ students: [a, b], value })),
      excerpts: [first?.a, first?.b].flatMap((student) => {
        const text = written.find((entry) => entry.student === student)?.text;
        return student === undefined || text === undefined
          ? []
          : [{ student, text: text.slice(0, LONGEST_EXCERPT) }];
      }),
    };
  });
}

/** Sequences of five words, whatever their case, punctuation and markup. Numbers stand for themselves. */
function shinglesOf(text: string): Set<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    shingles.add(words.slice(at, at + SHINGLE).join(' '));
  }
  return shingles;
}
