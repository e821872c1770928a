import type { Lab } from '@labproof/lab';
import { formatList, formatPercent } from '@labproof/submission';
import type { Finding } from './finding.ts';
import { type AlikePair, type Group, groupPairs } from './group-pairs.ts';
import { Owners, countPairs } from './owners.ts';
import { sameTexts } from './same-text.ts';
import { SHINGLE } from './shingles.ts';
import { type Written, type WrittenAnswer, writtenAnswers } from './written-answers.ts';

/** Answers with fewer shingles of their own are too short to be told apart. */
const LEAST_SHINGLES = 15;
/** Share of the shingles of both that both have (Jaccard). */
const LEAST_ALIKE = 0.5;
/** An answer of at least so many shingles may be a part of a longer one: so much of it has to be there. */
const PART_SHINGLES = 30;
const LEAST_PART = 0.8;
/** What is in more different texts of the class than this was handed out or is said by everybody. */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 4;
/** A whole text that more of the class hand in than this was handed out, most likely: a template, a dictated answer. */
const TEMPLATE_SHARE = 0.5;
const TEMPLATE_LEAST = 9;
/** Bounds the pairs that one sequence makes: beyond so many copies of its texts it counts as common. */
const MOST_COPIES = 60;
const LONGEST_EXCERPT = 400;
const PAIRS_SHOWN = 20;

/**
 * Answers that have most of their wording in common, or of which one holds most of the other; to the same question or to
 * two. The lab's own texts count for nothing, and neither does what stands in many different texts of the class, so that
 * neither a template nor a quoted question makes two answers alike. Versions of one text are one text in that: five
 * copies do not make their wording common.
 */
export function findSimilarAnswers(lab: Lab, submissions: readonly Written[]): Finding[] {
  const answers = writtenAnswers(lab, submissions);
  const pairs = alikePairs(answers);
  return lab.questions.flatMap((question) => {
    const here = pairs.filter((pair) => pair.question === question.id);
    return groupPairs(here).map((group) => findingOf(group, here, answers, lab));
  });
}

/** Two answers that are alike; `question` is that of the first, in the order of the lab. */
interface AnswerPair extends AlikePair {
  readonly question: string;
  readonly other: string;
}

function alikePairs(all: readonly WrittenAnswer[]): AnswerPair[] {
  const versions = sameTexts(all, LEAST_SHINGLES);
  const writers = writersByQuestion(all);
  const handedOut = templates(all, versions, writers);
  const answers = all.flatMap((answer, index) => {
    const version = versions[index] ?? index;
    return handedOut.has(version) ? [] : [{ ...answer, version }];
  });
  const within = [...writers].flatMap(([question, count]) => {
    const most = Math.max(COMMON_LEAST, Math.floor(COMMON_SHARE * count));
    return pairsAmong(
      answers.filter((answer) => answer.question === question),
      most,
    );
  });
  const across = pairsAmong(answers, COMMON_LEAST).filter(
    ({ question, other }) => question !== other,
  );
  return withoutEchoes([...within, ...across]);
}

interface VersionedAnswer extends WrittenAnswer {
  readonly version: number;
}

/** Pairs of answers that are alike, leaving out what stands in more than `most` different texts. */
function pairsAmong(answers: readonly VersionedAnswer[], most: number): AnswerPair[] {
  const owners = new Owners();
  for (const [index, { own }] of answers.entries()) {
    for (const shingle of own) owners.add(shingle, index);
  }
  const sizes = answers.map(({ own }) => own.size);
  const telling: (readonly number[])[] = [];
  for (const having of owners.shared()) {
    const texts = new Set(having.map((index) => answers[index]?.version));
    if (texts.size <= most && having.length <= most + MOST_COPIES) telling.push(having);
    else for (const index of having) sizes[index] = (sizes[index] ?? 0) - 1;
  }
  const lists = telling.map((having) =>
    having.filter((index) => (sizes[index] ?? 0) >= LEAST_SHINGLES),
  );
  const found: AnswerPair[] = [];
  countPairs(lists, answers.length, (i, j, common) => {
    const [a, b] = [answers[i], answers[j]];
    if (a === undefined || b === undefined || a.student === b.student) return;
    const value = alike(sizes[i] ?? 0, sizes[j] ?? 0, common);
    if (value === null) return;
    const [first, second] = a.student < b.student ? [a, b] : [b, a];
    found.push({
      a: first.student,
      b: second.student,
      value,
      question: a.question,
      other: b.question,
    });
  });
  return found;
}

function alike(a: number, b: number, common: number): number | null {
  const jaccard = common / (a + b - common);
  const part = common / Math.min(a, b);
  const isPart = Math.min(a, b) >= PART_SHINGLES && part >= LEAST_PART;
  const value = Math.round((isPart ? Math.max(jaccard, part) : jaccard) * 1e4) / 1e4;
  return value >= LEAST_ALIKE ? value : null;
}

function writersByQuestion(answers: readonly WrittenAnswer[]): ReadonlyMap<string, number> {
  const writers = new Map<string, number>();
  for (const { question } of answers) writers.set(question, (writers.get(question) ?? 0) + 1);
  return writers;
}

/** Texts that so many hand in as they stand that somebody must have handed them out. */
function templates(
  answers: readonly WrittenAnswer[],
  versions: readonly number[],
  writers: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const students = new Map<number, Set<string>>();
  for (const [index, { student }] of answers.entries()) {
    const version = versions[index] ?? index;
    const having = students.get(version);
    if (having === undefined) students.set(version, new Set([student]));
    else having.add(student);
  }
  return new Set(
    [...students]
      .filter(([version, having]) => {
        const all = writers.get(answers[version]?.question ?? '') ?? 0;
        return having.size > Math.max(TEMPLATE_LEAST, TEMPLATE_SHARE * all);
      })
      .map(([version]) => version),
  );
}

/** Two who share an answer to one question share it across questions as well, if they repeat themselves: once is enough. */
function withoutEchoes(pairs: readonly AnswerPair[]): AnswerPair[] {
  const key = ({ a, b }: AnswerPair, question: string): string => JSON.stringify([a, b, question]);
  const same = new Set(
    pairs
      .filter(({ question, other }) => question === other)
      .map((pair) => key(pair, pair.question)),
  );
  return pairs.filter(
    (pair) =>
      pair.question === pair.other ||
      !(same.has(key(pair, pair.question)) || same.has(key(pair, pair.other))),
  );
}

function findingOf(
  { students, pairs }: Group,
  all: readonly AnswerPair[],
  answers: readonly WrittenAnswer[],
  lab: Lab,
): Finding {
  const [first] = pairs;
  const among = all.filter(({ a, b }) => students.includes(a) && students.includes(b));
  const asked = new Set(among.flatMap(({ question, other }) => [question, other]));
  const numbers = lab.questions.filter(({ id }) => asked.has(id)).map(({ number }) => number);
  const value = first?.value ?? 0;
  return {
    kind: 'similar-answers',
    students: [...students],
    exercise: null,
    question: among[0]?.question ?? null,
    message: `The answers of ${formatList(students)} to ${numbers.length === 1 ? 'question' : 'questions'} ${formatList(numbers)} have up to ${formatPercent(value, 0)} of their wording in common, leaving out the lab's own text and what many write. They may have worked together, or quoted the same source.`,
    statistic: {
      name: `share of ${SHINGLE}-word sequences in common (Jaccard; of the shorter answer, where it is a part of a longer one)`,
      value,
      threshold: LEAST_ALIKE,
      falseAlarms:
        'how often this comes by chance is not known: answers written apart share next to no sequences of five words, but short factual answers may',
    },
    pairs: pairs
      .slice(0, PAIRS_SHOWN)
      .map(({ a, b, value: share }) => ({ students: [a, b], value: share })),
    excerpts: [first?.a, first?.b].flatMap((student) => {
      const text = answers.find(
        (answer) => answer.student === student && asked.has(answer.question),
      )?.text;
      return student === undefined || text === undefined
        ? []
        : [{ student, text: text.slice(0, LONGEST_EXCERPT) }];
    }),
  };
}
