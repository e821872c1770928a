import type { Lab } from '@labproof/lab';
import { readJson } from '../../files/safe-json.ts';
import type { AnswerBlock, ImageReference } from '../../blocks/block.ts';
import { codeBlock } from '../../blocks/blocks.ts';
import { markdownBlocks } from '../../blocks/markdown-blocks.ts';
import { PageStyles, styleSheetsIn } from '../../blocks/styles/page-styles.ts';
import { QuestionTexts } from '../questions/question-texts.ts';
import { divideIntoSections } from '../questions/sections.ts';
import { type AnswersLimits, answersTooLarge, answersUnreadable } from './limits.ts';
import { notebookOutputs } from './notebook-outputs.ts';
import { type NotebookCell, NotebookSchema, bundleText, pictureOf } from './notebook-schema.ts';
import { scriptBlocks } from './script-blocks.ts';

/**
 * Splits a Jupyter notebook into blocks: text cells, code, what it printed and drew, pasted pictures. Nothing is run.
 * Labels in comments of code ("# Question 3") count for questions that no text cell names.
 * Throws the student's `json-…`, `answers-unreadable` or `answers-too-large`.
 */
export function notebookBlocks(
  bytes: Uint8Array,
  path: string,
  lab: Lab,
  limits: AnswersLimits,
): AnswerBlock[] {
  const file = { path, bytes: bytes.length, read: () => bytes };
  const parsed = NotebookSchema.safeParse(readJson(file, limits.bytes));
  if (!parsed.success) {
    throw answersUnreadable(
      path,
      'it is no notebook of format 4',
      'Open it in today’s Jupyter, save it and hand that in.',
    );
  }
  const { cells, metadata } = parsed.data;
  if (cells.length > limits.cells) throw answersTooLarge(path, `${cells.length} cells`);
  const language = (
    metadata.language_info?.name ??
    metadata.kernelspec?.language ??
    'python'
  ).toLowerCase();
  const styles = stylesOf(cells, limits);
  const read = cells.map((cell) => ({
    cell,
    blocks: textBlocksOf(cell, styles),
  }));
  const texts = new QuestionTexts(lab);
  const all = read.flatMap(({ blocks }) => blocks);
  const named = namedQuestions(all, lab, texts);
  const isNew = (blocks: readonly AnswerBlock[]): boolean =>
    [...namedQuestions(blocks, lab, texts)].some((question) => !named.has(question));
  return read.flatMap(({ cell, blocks }) => {
    if (cell.cell_type !== 'code') return blocks;
    const code = cell.source.trim() === '' ? [] : codeOf(cell.source, { language, styles }, isNew);
    return [...code, ...notebookOutputs(cell.outputs, path, limits)];
  });
}

/** A cell whose comments name a question is divided like a script; every other is one piece of code. */
function codeOf(
  source: string,
  { language, styles }: { readonly language: string; readonly styles: PageStyles },
  isNew: (blocks: readonly AnswerBlock[]) => boolean,
): AnswerBlock[] {
  if (/^%%(?:markdown|html|latex)\b/u.test(source)) {
    return markdownBlocks(source.slice(source.indexOf('\n') + 1), 'markdown', styles);
  }
  const whole = [codeBlock(language, source)];
  if (!/^[^\S\r\n\u2028\u2029]*(?:#|"""|''')/mu.test(source)) return whole;
  const divided = scriptBlocks(source, language);
  return isNew(divided) ? divided : whole;
}

/** A style sheet in any cell, or in what one printed, holds for the whole page. */
function stylesOf(cells: readonly NotebookCell[], limits: AnswersLimits): PageStyles {
  const html = cells.flatMap((cell) =>
    cell.cell_type === 'code'
      ? [
          ...(/^%%(?:html|markdown)\b/u.test(cell.source) ? [cell.source] : []),
          ...cell.outputs.flatMap(({ data = {} }) => {
            const shown = bundleText(data, 'text/html');
            return shown === null || shown.length > limits.outputCharacters ? [] : [shown];
          }),
        ]
      : [cell.source],
  );
  return new PageStyles(html.flatMap((text) => styleSheetsIn(text)));
}

function textBlocksOf(cell: NotebookCell, styles: PageStyles): AnswerBlock[] {
  if (cell.cell_type === 'code') return [];
  const attached = (target: string): string => {
    const name = /^attachment:(?<name>.+)$/u.exec(target)?.groups?.['name'];
    const bundle = name === undefined ? undefined : entry(cell.attachments ?? {}, name);
    return bundle === undefined ? target : (pictureOf(bundle) ?? target);
  };
  return markdownBlocks(cell.source, 'markdown', styles).map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({
      ...line,
      images: line.images.map(({ alt, target }): ImageReference => ({
        alt,
        target: attached(target),
      })),
    })),
  }));
}

function entry<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  for (const candidate of [name, decoded(name)]) {
    if (Object.hasOwn(record, candidate)) return record[candidate];
  }
  return undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The questions of the lab that these blocks open. */
function namedQuestions(
  blocks: readonly AnswerBlock[],
  lab: Lab,
  texts: QuestionTexts,
): Set<string> {
  const sections = divideIntoSections(blocks, lab, texts);
  return new Set(
    sections.flatMap(({ match }) => (match.question === null ? [] : [match.question.id])),
  );
}
