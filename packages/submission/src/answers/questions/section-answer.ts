import type { Question } from '@labproof/lab';
import type { PrintedHistory } from '../../histories/printed-history.ts';
import type { Answer, AnswerCode } from '../answer.ts';
import type { AnswerBlock } from '../../blocks/block.ts';
import { claimsInAnswer, holdsOtherNumbers } from '../../claims/answer-claims.ts';
import { paragraphBlock, sourceOf, textLine } from '../../blocks/blocks.ts';
import type { Duration } from '../../claims/claim.ts';
import { findDurations } from '../../claims/duration.ts';
import { replaceEmbedded } from '../../blocks/embedded-pictures.ts';
import { isAnswerHeading, saysNothing, withoutInvitations } from './no-answer.ts';
import { type QuestionTexts, wordsOf } from './question-texts.ts';
import { LABEL_LEVEL, type Section } from './sections.ts';
import { claimsInSentence } from '../../claims/sentence-claims.ts';

/** What belongs to a section beside its text, gathered in the order of the whole document. */
export interface SectionExtras {
  readonly code: readonly AnswerCode[];
  readonly histories: readonly PrintedHistory[];
}

/** The answer that a section holds: without the repeated question, labels, placeholders and empty lines. */
export function sectionAnswer(
  section: Section,
  file: string,
  texts: QuestionTexts,
  extras: SectionExtras,
): Answer {
  const { question } = section.match;
  const cleaned = clean(withoutPrompt(section.blocks, question, texts));
  const rest = restAsAnswer(section, cleaned.length > 0, texts);
  const blocks = rest === null ? cleaned : [rest, ...cleaned];
  const prose = blocks.filter(({ kind, printed }) => kind !== 'code' && !printed);
  const proseText = prose.flatMap((block) => plainLines(block)).join('\n');
  const figures = claimsInAnswer(blocks, (sentence) => texts.quotes(sentence));
  const words = wordsOf(proseText);
  const own = prose.filter(({ quoted }) => !quoted);
  return {
    question: question?.id ?? null,
    file,
    heading: section.heading,
    text: blocks
      .map(({ source }) => replaceEmbedded(source, () => 'embedded picture'))
      .filter((source) => source !== '')
      .join('\n\n'),
    prose: own
      .flatMap((block) => plainLines(block))
      .filter((line) => line !== '')
      .join('\n'),
    unseen: blocks
      .flatMap(({ lines }) => lines.flatMap(({ unsaid = [] }) => unsaid))
      .filter(({ why }) => why === 'hidden')
      .map(({ text }) => text.trim())
      .join('\n'),
    claims: figures.claims,
    asides: figures.asides,
    claimsCutOff: figures.cutOff,
    durations: blocks.filter(({ quoted }) => !quoted).flatMap((block) => durationsIn(block)),
    code: extras.code,
    outputs: blocks.filter(({ kind }) => kind === 'output').map((block) => printedText(block)),
    histories: extras.histories,
    images: blocks.flatMap((block) => block.lines.flatMap((line) => line.images)),
    words: words.length,
    distinctWords: new Set(words).size,
    hasOtherNumbers:
      holdsOtherNumbers(proseText, figures) ||
      blocks.some(({ lines }) =>
        lines.some(({ unsaid = [] }) => unsaid.some(({ text }) => /\p{N}/u.test(text))),
      ),
    confidence: section.match.confidence,
    why: section.match.why,
    ...(section.isWeak ? { isWeak: true as const } : {}),
    ...(section.topics.length === 0 ? {} : { topics: section.topics }),
  };
}

function printedText(block: AnswerBlock): string {
  return block.lines
    .map((line) => line.text)
    .join('\n')
    .trim();
}

/** Wrapped prose is joined, so that "5" and "seconds" may stand on two lines; the lines of a log are not. */
function durationsIn(block: AnswerBlock): Duration[] {
  const lines = plainLines(block);
  const isProgram = block.kind === 'code' || block.kind === 'output';
  return (isProgram ? lines : [lines.join(' ')]).flatMap((line) => findDurations(line));
}

function plainLines(block: AnswerBlock): string[] {
  return block.kind === 'table'
    ? block.rows.map((row) => row.join(' '))
    : block.lines.map((line) => line.text);
}

/** Takes off the question's own text where it is repeated under its heading. */
function withoutPrompt(
  blocks: readonly AnswerBlock[],
  question: Question | null,
  texts: QuestionTexts,
): readonly AnswerBlock[] {
  if (question === null) return blocks;
  const first = blocks.findIndex(
    (block) =>
      !['heading', 'paragraph', 'rule'].includes(block.kind) ||
      (block.kind !== 'rule' && !texts.isPieceOf(plainLines(block).join(' '), question)),
  );
  const kept = first < 0 ? [] : blocks.slice(first);
  const repeated = blocks.slice(0, blocks.length - kept.length);
  // A picture in between is the student's even where the words are the question's.
  const pictures = repeated.filter((block) => block.lines.some((line) => line.images.length > 0));
  return [...pictures, ...kept];
}

/** Drops "Answer:" labels, placeholders, rules and lines that say nothing. */
function clean(blocks: readonly AnswerBlock[]): AnswerBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'code' || block.kind === 'output')
      return block.source.trim() === '' ? [] : [block];
    if (block.kind === 'table') return block.rows.length === 0 ? [] : [block];
    if (block.kind === 'rule') return [];
    if (block.kind === 'heading' && isAnswerHeading(plainLines(block).join(' '))) return [];
    let changed = false;
    const lines = block.lines.flatMap((line) => {
      const text = withoutInvitations(line.text);
      changed ||= text !== line.text;
      if (!saysNothing(text)) return [{ ...line, text }];
      changed ||= line.text !== '' && line.images.length === 0;
      const isKept = line.images.length > 0 || line.unsaid !== undefined;
      return isKept ? [{ ...line, text: '' }] : [];
    });
    if (lines.length === 0) return [];
    const source = changed ? sourceOf(lines) : block.source;
    return [{ ...block, lines, source }];
  });
}

/**
 * The text behind a label on its own line. It is the answer after "A1:" and in "Q1: because …"; it is the question
 * where it resembles it or asks something, and a heading's title where an answer follows.
 */
function restAsAnswer(
  section: Section,
  hasMore: boolean,
  texts: QuestionTexts,
): AnswerBlock | null {
  const text = withoutInvitations(section.rest);
  const { question } = section.match;
  if (saysNothing(text)) return null;
  if (!section.isAnswer) {
    const least = section.isTitled && hasMore ? LIKE_THE_QUESTION : NEARLY_THE_QUESTION;
    if (question !== null && texts.resemblance(text, question) >= least) return null;
    if (question !== null && texts.isPieceOf(text, question)) return null;
    const isHeading = section.level < LABEL_LEVEL;
    const tells = !isHeading && claimsInSentence(text).length + findDurations(text).length > 0;
    if (text.endsWith('?') || (section.isTitled && hasMore && !tells)) return null;
  }
  return paragraphBlock([textLine(text)]);
}

/** Lower than for finding a question: here it is known which one it would have to be. */
const LIKE_THE_QUESTION = 0.5;
/** Where an answer may stand on the label's own line, it may well take up words of the question. */
const NEARLY_THE_QUESTION = 0.8;
