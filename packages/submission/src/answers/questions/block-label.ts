import type { AnswerBlock, TextLine } from '../../blocks/block.ts';
import { type QuestionLabel, readLabel } from '../../text/question-label.ts';
import { isAnswerHeading } from './no-answer.ts';

/** The words of a block as one line. */
export function textOf(block: AnswerBlock): string {
  return block.lines.map((line) => line.text).join(' ');
}

/** The label that a block begins with. */
export function labelOf(block: AnswerBlock): QuestionLabel | null {
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
export function splitAtLabels(
  block: AnswerBlock,
  strengths: readonly QuestionLabel['strength'][],
): AnswerBlock[] {
  if (block.kind !== 'paragraph') return [block];
  const starts = block.lines.flatMap((line, index) => {
    const strength = index > 0 ? readLabel(line.text, 'plain')?.strength : undefined;
    return strength !== undefined && strengths.includes(strength) ? [index] : [];
  });
  if (starts.length === 0) return [block];
  return [0, ...starts].map((start, index) =>
    withLines(
      { ...block, item: index === 0 ? block.item : null },
      block.lines.slice(start, starts[index]),
    ),
  );
}

export function withLines(block: AnswerBlock, lines: readonly TextLine[]): AnswerBlock {
  return {
    ...block,
    lines,
    source: lines
      .map((line) => line.text)
      .join('\n')
      .trim(),
  };
}

/** Most words of a bold line that is a heading rather than a sentence. */
const TITLE_WORDS = 8;

/** A bold line that stands alone and reads like a heading: few words, no figure, no end of a sentence. */
export function isBoldTitle(block: AnswerBlock): boolean {
  const [line, ...others] = block.lines;
  if (block.kind !== 'paragraph' || block.item !== null || line?.bold !== true) return false;
  const text = line.text.trim();
  return (
    others.length === 0 &&
    text !== '' &&
    text.split(/\s+/u).length <= TITLE_WORDS &&
    !/[.:;,!?。：]$/u.test(text)
  );
}

/** A heading of the document's own, whatever it says; "Answer" is none. */
export function isHeading(block: AnswerBlock): boolean {
  return block.kind === 'heading' && !block.underlined && !isAnswerHeading(textOf(block));
}
