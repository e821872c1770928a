import type { CheckKinds, Lab } from '@labproof/lab';
import { isProgram } from '../claims/program-lines.ts';
import { CodeReader } from '../code/code-reader.ts';
import { HistoryTables } from '../histories/history-tables.ts';
import { LoopHistories } from '../histories/loop-histories.ts';
import { PrintedHistories } from '../histories/printed-histories.ts';
import type { PrintedHistory } from '../histories/printed-history.ts';
import type { Answer, AnswerCode } from './answer.ts';
import type { AnswerBlock } from '../blocks/block.ts';
import { lendPlots } from './lend-plots.ts';
import { questionOfFile } from './questions/question-of-file.ts';
import { QuestionTexts } from './questions/question-texts.ts';
import { sectionAnswer } from './questions/section-answer.ts';
import { type Section, divideIntoSections } from './questions/sections.ts';

/**
 * The answers that a document's blocks hold, in the order in which they stand. Text that belongs to no question comes
 * with `question: null`; a question whose label is there without an answer comes with an empty text. A document that
 * labels nothing belongs to the question that its file's name tells, if it does.
 */
export function documentAnswers(
  blocks: readonly AnswerBlock[],
  file: string,
  lab: Lab,
  kinds: CheckKinds,
): Answer[] {
  const texts = new QuestionTexts(lab);
  const sections = divideIntoSections(blocks, lab, texts);
  const { code, histories } = gather(sections);
  const all = sections.map((section, index) =>
    sectionAnswer(section, file, texts, {
      code: code[index] ?? [],
      histories: histories[index] ?? [],
    }),
  );
  // A label without an answer is kept where no other one has an answer: questions may be listed before.
  const answered = new Set(
    all.filter((answer) => isWritten(answer)).map(({ question }) => question),
  );
  const answers = all.filter(
    (answer) => isWritten(answer) || (answer.question !== null && !answered.has(answer.question)),
  );
  if (answers.some(({ question }) => question !== null)) return lendPlots(answers, lab, kinds);
  const named = questionOfFile(file, lab);
  return answers.map((answer) => ({ ...answer, ...named }));
}

function isWritten({ text, unseen, images, histories }: Answer): boolean {
  return text !== '' || unseen !== '' || images.length > 0 || histories.length > 0;
}

/** Programs and logs go on from one block to the next, whatever headings stand between them. */
function gather(sections: readonly Section[]): {
  code: AnswerCode[][];
  histories: PrintedHistory[][];
} {
  const reader = new CodeReader();
  const logs = new PrintedHistories<number>();
  const loops = new LoopHistories<number>();
  const tables = new HistoryTables<number>();
  const code = sections.map(({ blocks }, index) =>
    blocks.flatMap((block): AnswerCode[] => {
      if (block.kind === 'table') tables.feedTable(block.rows, index);
      const text = block.lines.map((line) => line.text).join('\n');
      if (['output', 'html', 'paragraph'].includes(block.kind)) tables.feedText(text, index);
      if (!['code', 'output', 'html'].includes(block.kind)) return [];
      logs.feed(text, index);
      if (block.kind !== 'code' || !isProgram(block.language)) loops.feed(text, index);
      return block.kind === 'code' && text.trim() !== ''
        ? [
            {
              language: block.language,
              text,
              models: reader.read(text, block.language),
            },
          ]
        : [];
    }),
  );
  const histories = sections.map((): PrintedHistory[] => []);
  for (const { place, history } of [...logs.finish(), ...loops.finish(), ...tables.finish()]) {
    histories[place]?.push(history);
  }
  return { code, histories };
}
