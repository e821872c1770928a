import type { Lab } from '@labproof/lab';
import type { AnswerBlock } from '../../blocks/block.ts';
import type { QuestionLabel } from '../../text/question-label.ts';
import { isBoldTitle, isHeading, labelOf, textOf } from './block-label.ts';
import { matchQuestion, matchText } from './match-question.ts';
import type { QuestionTexts } from './question-texts.ts';

/** How a document marks its questions; weaker marks are believed only where there are no stronger ones. */
export interface DocumentStyle {
  /** Labels that say "question", or tasks that count the lab's questions. */
  readonly hasStrong: boolean;
  /** Headings or bold lines that are a question's number or words, so that its lists are parts of answers. */
  readonly hasTitles: boolean;
  /** Labels with numbers of any kind, so that letters are parts of answers. */
  readonly hasNumbers: boolean;
  /** "Exercise 3", "Aufgabe 3" is question 3, and no sheet of a course. */
  readonly hasTasks: boolean;
  /** Numbers and letters before titles count the lab's questions, and not the parts of a report. */
  readonly countsQuestions: boolean;
  /** A list may be the questions one by one. */
  readonly listsQuestions: boolean;
  /** Level of the uppermost headings that say "question"; 0 where none does. */
  readonly questionLevel: number;
}

export function documentStyle(
  blocks: readonly AnswerBlock[],
  lab: Lab,
  texts: QuestionTexts,
): DocumentStyle {
  const labels = blocks.map((block) => ({ block, label: labelOf(block) }));
  const says = labels.some(
    // "2. **Question 2:** …" is an item of the list of questions.
    ({ block, label }) => label?.strength === 'strong' && block.item !== label.number,
  );
  const hasTasks = !says && countQuestions(labels, lab, texts, 'task');
  const isStrong = (label: QuestionLabel | null): boolean =>
    label?.strength === 'strong' || (hasTasks && label?.strength === 'task');
  const titled = new Set<string>();
  let hasNumbers = false;
  let questionLevel = 0;
  let topics = 0;
  let items = 0;
  for (const { block, label } of labels) {
    if (label?.strength === 'weak' && block.item !== null) items += 1;
    if (label !== null && label.number !== null && block.item === null) hasNumbers = true;
    if (isStrong(label) && block.kind === 'heading' && !block.underlined) {
      questionLevel = questionLevel === 0 ? block.level : Math.min(questionLevel, block.level);
    }
    const isTitle = block.kind === 'heading' || block.lines[0]?.bold === true;
    if (!isTitle || block.item !== null) continue;
    const match =
      label === null
        ? matchText(textOf(block), lab, texts, null)
        : matchQuestion(label, lab, texts, null);
    if (match?.question !== null && match !== null) titled.add(match.question.id);
    else if (isHeading(block)) topics += 1;
  }
  const hasStrong = says || hasTasks;
  const hasTitles = titled.size > 1;
  return {
    hasStrong,
    hasTitles,
    hasNumbers,
    hasTasks,
    countsQuestions: countQuestions(labels, lab, texts, 'weak'),
    listsQuestions:
      !hasStrong && !hasTitles && (topics <= FEW_TOPICS || isMost(items, lab.questions.length)),
    questionLevel,
  };
}

/** A document's own title and a name under it make no report with topics. */
const FEW_TOPICS = 2;
/** From so many different numbers on, half of a lab's questions is no accident. */
const MANY_NUMBERS = 8;
/** Likeness from which on a numbered title may be meant for a question; less than what finds one by its words alone. */
const ALIKE = 0.4;

/** What reports are divided into, in the languages in which labels are read. */
const PARTS =
  /^\P{L}*(?:abstract|introduction|background|methods?|methodology|set-?up|data(?:set)?|implementation|results?|discussion|conclusions?|summary|references|appendix|einleitung|methoden?|ergebnisse?|diskussion|fazit|zusammenfassung|inleiding|methode|resultaten|discussie|conclusie|r[eé]sultats|m[eé]thodes?|conclusi[oó]n|introducci[oó]n|resultados|m[eé]todos?|discusi[oó]n|引言|方法|结果|結果|讨论|結論|结论)\P{L}*$/iu;

/**
 * Whether the numbers (or letters) of a kind of label are those of the lab's questions. People number the parts of a report and the
 * tasks of a course as well: where such labels have titles, at least half of these must be like a question, or the numbers must
 * reach through the lab.
 */
function countQuestions(
  labels: readonly {
    readonly block: AnswerBlock;
    readonly label: QuestionLabel | null;
  }[],
  lab: Lab,
  texts: QuestionTexts,
  strength: 'task' | 'weak',
): boolean {
  // Of a lab that nobody named, every number may be a question's.
  if (lab.questions.every(({ title, prompt }) => title === '' && prompt === '')) return true;
  const counted = labels.flatMap(({ block, label }) =>
    label?.strength === strength && block.item === null ? [{ block, label }] : [],
  );
  const titles = counted.flatMap(({ block, label }) =>
    label.rest !== '' && (isHeading(block) || isBoldTitle(block)) ? [label.rest] : [],
  );
  const numbers = new Set(
    counted.flatMap(({ label }) => {
      const number = label.number ?? (label.letter?.codePointAt(0) ?? 0) - 96;
      return number >= 1 && number <= lab.questions.length ? [number] : [];
    }),
  );
  const alike = titles.filter((title) =>
    texts.resemblances(title).some(({ score }) => score >= ALIKE),
  );
  if (titles.length >= 2 && isMost(alike.length, titles.length)) return true;
  if (strength === 'weak' && titles.length < 2) return true;
  const reaches =
    numbers.size === lab.questions.length
      ? !titles.some((title) => PARTS.test(title))
      : numbers.size >= MANY_NUMBERS && isMost(numbers.size, lab.questions.length);
  return numbers.size >= 2 && reaches;
}

function isMost(part: number, whole: number): boolean {
  return part * 2 >= whole;
}
