import type { Lab, Question } from '@labproof/lab';
import type { AnswerBlock, TextLine } from '../../blocks/block.ts';
import { type QuestionMatch, matchQuestion, matchText } from './match-question.ts';
import { isAnswerHeading } from './no-answer.ts';
import { type QuestionLabel, readLabel } from '../../text/question-label.ts';
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
  const lines = blocks.flatMap((block) => splitAtLabels(block));
  const style = documentStyle(lines, lab, texts);
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
    if (closes(block, current, style)) {
      current = { ...open(null), heading: textOf(block) };
      sections.push(current);
    } else {
      current.blocks.push(block);
    }
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
  const label = labelOf(block);
  if (label !== null) {
    const match = matchQuestion(label, lab, texts, previous);
    if (label.strength === 'strong') return { label, match, heading: text, level, isTitled };
    const resembles =
      match.confidence >= 0.6 && match.why !== `the number ${match.question?.number}`;
    const inList = block.item !== null;
    const next = match.question !== null && isLater(lab, match.question, previous);
    const { hasStrong, hasTitles, hasNumbers } = style;
    const listsAreQuestions = !hasStrong && !hasTitles;
    const believable =
      resembles || (match.question !== null && (inList ? listsAreQuestions : !hasStrong || next));
    if (believable) return { label, match, heading: text, level, isTitled };
    if (!hasStrong && !hasNumbers && label.number === null && label.letter !== null) {
      const lettered = lab.questions[(label.letter.codePointAt(0) ?? 0) - 97] ?? null;
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

/** How a document marks its questions; weaker marks are believed only where there are no stronger ones. */
interface DocumentStyle {
  /** Labels that say "question". */
  readonly hasStrong: boolean;
  /** Headings or bold lines that are a question's number or words, so that its lists are parts of answers. */
  readonly hasTitles: boolean;
  /** Labels with numbers of any kind, so that letters are parts of answers. */
  readonly hasNumbers: boolean;
  /** Level of the uppermost headings that say "question"; 0 where none does. */
  readonly questionLevel: number;
}

function documentStyle(
  blocks: readonly AnswerBlock[],
  lab: Lab,
  texts: QuestionTexts,
): DocumentStyle {
  const titled = new Set<string>();
  let hasStrong = false;
  let hasNumbers = false;
  let questionLevel = 0;
  for (const block of blocks) {
    const label = labelOf(block);
    // "2. **Question 2:** …" is an item of the list of questions.
    if (label?.strength === 'strong' && block.item !== label.number) hasStrong = true;
    if (label !== null && label.number !== null && block.item === null) hasNumbers = true;
    if (label?.strength === 'strong' && block.kind === 'heading' && !block.underlined) {
      questionLevel = questionLevel === 0 ? block.level : Math.min(questionLevel, block.level);
    }
    const isTitle = block.kind === 'heading' || block.lines[0]?.bold === true;
    if (!isTitle || block.item !== null) continue;
    const match =
      label === null
        ? matchText(textOf(block), lab, texts, null)
        : matchQuestion(label, lab, texts, null);
    if (match?.question !== null && match !== null) titled.add(match.question.id);
  }
  return { hasStrong, hasTitles: titled.size > 1, hasNumbers, questionLevel };
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

function labelOf(block: AnswerBlock): QuestionLabel | null {
  const first = block.lines[0];
  if (first === undefined || first.text === '') return null;
  if (block.kind === 'heading') {
    // A paragraph with dashes under it looks like a heading, but was most likely meant as text.
    return readLabel(textOf(block), block.underlined ? 'plain' : 'heading');
  }
  if (block.kind !== 'paragraph') return null;
  const label = readLabel(first.text, first.bold ? 'bold' : 'plain');
  if (label !== null || block.item === null) return label;
  return {
    number: block.item,
    letter: null,
    rest: textOf(block),
    strength: 'weak',
    isAnswer: false,
  };
}

/** A paragraph in which "Q1: …" and "A1: …" stand on lines of their own becomes a block for each label. */
function splitAtLabels(block: AnswerBlock): AnswerBlock[] {
  if (block.kind !== 'paragraph') return [block];
  const starts = block.lines.flatMap((line, index) =>
    index > 0 && readLabel(line.text, 'plain')?.strength === 'strong' ? [index] : [],
  );
  if (starts.length === 0) return [block];
  return [0, ...starts].map((start, index) =>
    withLines(
      { ...block, item: index === 0 ? block.item : null },
      block.lines.slice(start, starts[index]),
    ),
  );
}

function withLines(block: AnswerBlock, lines: readonly TextLine[]): AnswerBlock {
  return {
    ...block,
    lines,
    source: lines
      .map((line) => line.text)
      .join('\n')
      .trim(),
  };
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

function textOf(block: AnswerBlock): string {
  return block.lines.map((line) => line.text).join(' ');
}
