import type { Lab, Question } from '@labproof/lab';
import type { AnswerBlock, TextLine } from '../../blocks/block.ts';
import { type QuestionMatch, matchQuestion, matchText } from './match-question.ts';
import {
  isBoldTitle,
  isHeading,
  labelOf,
  splitAtLabels,
  textOf,
  withLines,
} from './block-label.ts';
import { type DocumentStyle, documentStyle } from './document-style.ts';
import { isAnswerHeading } from './no-answer.ts';
import type { QuestionLabel } from '../../text/question-label.ts';
import type { QuestionTexts } from './question-texts.ts';

/** The blocks under one question. */
export interface Section {
  readonly match: QuestionMatch;
  readonly heading: string;
  /** Text after the label on its own line; the answer itself when it is not the question's text. */
  readonly rest: string;
  readonly isAnswer: boolean;
  /** The label stands in a heading or in bold, so what follows on its line is a title rather than an answer. */
  readonly isTitled: boolean;
  /** Level of the heading that opened it; 7 for a label in running text. */
  readonly level: number;
  /** No label says "question": a title, a bare number or a letter opened it. */
  readonly isWeak: boolean;
  /** Headings on its level that name no question: what stands under them may be an answer to another one. */
  readonly topics: string[];
  readonly blocks: AnswerBlock[];
}

interface Opening {
  readonly label: QuestionLabel | null;
  readonly match: QuestionMatch;
  readonly heading: string;
  readonly level: number;
  readonly isTitled: boolean;
}

const NOWHERE: QuestionMatch = {
  question: null,
  confidence: 0,
  why: 'it stands under no question',
};
/** Level of labels in running text, below all headings. */
export const LABEL_LEVEL = 7;
/** A plain sentence must be nearly word for word the question to open it. */
const VERBATIM = 0.85;

/** Divides a document's blocks among the questions of a lab. Every block ends up in exactly one section. */
export function divideIntoSections(
  blocks: readonly AnswerBlock[],
  lab: Lab,
  texts: QuestionTexts,
): Section[] {
  const pieces = blocks.flatMap((block) => splitAtLabels(block, ['strong', 'task']));
  const style = documentStyle(pieces, lab, texts);
  const lines = style.hasTasks
    ? pieces
    : blocks.flatMap((block) => splitAtLabels(block, ['strong']));
  const sections: Section[] = [];
  let current: Section = open(null);
  let previous: Question | null = null;
  sections.push(current);
  for (const block of lines) {
    const opening = openingOf(block, { lab, texts, previous, current, style });
    if (opening !== null) {
      current = open(opening);
      previous = opening.match.question ?? previous;
      sections.push(current);
      current.blocks.push(...afterLabel(block, opening));
      continue;
    }
    const isTopic = isBeside(block, current);
    if (closes(block, current, style) || (isTopic && current.isWeak && isHeading(block))) {
      current = { ...open(null), heading: textOf(block) };
      sections.push(current);
      continue;
    }
    if (isTopic) current.topics.push(textOf(block));
    current.blocks.push(block);
  }
  return sections;
}

function open(opening: Opening | null): Section {
  return {
    match: opening?.match ?? NOWHERE,
    heading: opening?.heading ?? '',
    rest: opening?.label?.rest ?? '',
    isAnswer: opening?.label?.isAnswer ?? false,
    isTitled: opening?.isTitled ?? false,
    level: opening?.level ?? LABEL_LEVEL,
    isWeak: opening !== null && opening.label?.strength !== 'strong',
    topics: [],
    blocks: [],
  };
}

function openingOf(
  block: AnswerBlock,
  at: {
    lab: Lab;
    texts: QuestionTexts;
    previous: Question | null;
    current: Section;
    style: DocumentStyle;
  },
): Opening | null {
  const { lab, texts, previous, current, style } = at;
  const text = block.kind === 'heading' ? textOf(block) : (block.lines[0]?.text ?? '');
  if (text === '' || !['heading', 'paragraph'].includes(block.kind)) return null;
  const level = block.kind === 'heading' && !block.underlined ? block.level : LABEL_LEVEL;
  const isTitled = block.kind === 'heading' || block.lines[0]?.bold === true;
  const label = settled(labelOf(block), style);
  if (label !== null) {
    const match = matchQuestion(label, lab, texts, previous);
    if (label.strength === 'strong') return { label, match, heading: text, level, isTitled };
    const resembles =
      match.confidence >= 0.6 && match.why !== `the number ${match.question?.number}`;
    const inList = block.item !== null;
    const next = match.question !== null && isLater(lab, match.question, previous);
    const { hasStrong, hasNumbers, countsQuestions, listsQuestions } = style;
    const believable =
      resembles ||
      (match.question !== null &&
        (inList ? listsQuestions : countsQuestions && (!hasStrong || next)));
    if (believable) return { label, match, heading: text, level, isTitled };
    const isLettered = label.number === null && label.letter !== null;
    if (!hasStrong && !hasNumbers && countsQuestions && isLettered) {
      const lettered = lab.questions[((label.letter ?? '').codePointAt(0) ?? 0) - 97] ?? null;
      if (lettered !== null && isLater(lab, lettered, previous)) {
        const why = `the letter ${label.letter.toUpperCase()}`;
        return {
          label,
          match: { question: lettered, confidence: 0.5, why },
          heading: text,
          level,
          isTitled,
        };
      }
    }
  }
  const whole = textOf(block);
  const match = matchText(whole, lab, texts, previous, isTitled ? undefined : VERBATIM);
  // Repeating the question under its own heading opens nothing new.
  if (match === null || match.question === null || match.question === current.match.question)
    return null;
  if (
    current.match.question !== null &&
    current.blocks.length === 0 &&
    texts.resemblance(whole, current.match.question) >= match.confidence - 0.05
  )
    return null;
  return { label: null, match, heading: whole, level, isTitled };
}

/** A label as it counts in the document: a task is a question, or nothing. */
function settled(label: QuestionLabel | null, style: DocumentStyle): QuestionLabel | null {
  if (label?.strength !== 'task') return label;
  return style.hasTasks ? { ...label, strength: 'strong' } : null;
}

/**
 * Whether a block is a heading beside the one that opened an answer, rather than one below it. Under a bold title, a bold line
 * is one as well.
 */
function isBeside(block: AnswerBlock, current: Section): boolean {
  if (current.match.question === null) return false;
  if (isHeading(block)) return block.level <= current.level;
  return (
    current.isWeak &&
    current.level === LABEL_LEVEL &&
    isBoldTitle(block) &&
    !isAnswerHeading(textOf(block))
  );
}

function isLater(lab: Lab, question: Question, previous: Question | null): boolean {
  return previous === null || lab.questions.indexOf(question) > lab.questions.indexOf(previous);
}

/**
 * A heading above the question's own level ends an answer that has begun; others are part of the answer. Under a label
 * in running text, such as in a list of contents, it is a heading above those that name questions.
 */
function closes(block: AnswerBlock, current: Section, style: DocumentStyle): boolean {
  if (block.kind !== 'heading' || block.underlined || current.match.question === null) return false;
  if (isAnswerHeading(textOf(block))) return false;
  return current.level === LABEL_LEVEL
    ? block.level < style.questionLevel
    : current.blocks.length > 0 && block.level < current.level;
}

/** What a paragraph that begins with a label still holds: its other lines, and any picture. */
function afterLabel(block: AnswerBlock, opening: Opening): AnswerBlock[] {
  const wholeIsRest = block.kind === 'heading' || opening.label === null || block.item !== null;
  const [first, ...others] = block.lines;
  const beside = wholeIsRest ? block.lines : first === undefined ? [] : [first];
  const unsaid = beside.flatMap((line) => line.unsaid ?? []);
  const pictures: TextLine = {
    text: '',
    bold: false,
    images: beside.flatMap((line) => line.images),
    ...(unsaid.length === 0 ? {} : { unsaid }),
  };
  const kept = wholeIsRest ? [] : others;
  return kept.length === 0 && pictures.images.length === 0 && unsaid.length === 0
    ? []
    : [withLines({ ...block, kind: 'paragraph' }, [pictures, ...kept])];
}
