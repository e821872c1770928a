import type { AnswerBlock } from '../../blocks/block.ts';
import { outputBlock } from '../../blocks/blocks.ts';
import { finishedBars } from '../../histories/log-line.ts';
import { htmlBlocks } from './html-blocks.ts';
import type { AnswersLimits } from './limits.ts';
import { type NotebookOutput, bundleText, pictureOf } from './notebook-schema.ts';

/**
 * What a cell printed and drew. Standard output is joined across the warnings that interrupt it: they split progress
 * bars and even lines. Of the errors' stream only tqdm's finished bars are taken. Of a result that comes in several forms, pictures and tables are taken before text.
 */
export function notebookOutputs(
  outputs: readonly NotebookOutput[],
  path: string,
  limits: AnswersLimits,
): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let printed = '';
  const finish = (): void => {
    if (printed.trim() !== '') blocks.push(outputBlock(printed));
    printed = '';
  };
  let bars = '';
  const print = (text: string): void => {
    printed += text.slice(0, Math.max(0, limits.outputCharacters - printed.length));
  };
  for (const output of outputs) {
    if (output.output_type === 'stream') {
      if (output.name !== 'stderr') print(output.text ?? '');
      else
        bars += finishedBars(output.text ?? '')
          .map((bar) => `${bar}\n`)
          .join('');
      if (printed === '' || printed.endsWith('\n')) {
        print(bars);
        bars = '';
      }
    } else if (output.output_type === 'error') {
      print(`\n${output.ename ?? ''}\n`);
    } else {
      finish();
      blocks.push(...resultBlocks(output, path, limits));
    }
  }
  finish();
  return blocks;
}

function resultBlocks(
  { data = {} }: NotebookOutput,
  path: string,
  limits: AnswersLimits,
): AnswerBlock[] {
  const picture = pictureOf(data);
  if (picture !== null) return [outputBlock('', [{ target: picture, alt: 'output' }])];
  if (bundleText(data, 'image/svg+xml') !== null) {
    return [outputBlock('', [{ target: 'data:image/svg+xml', alt: 'output' }])];
  }
  const html = bundleText(data, 'text/html');
  if (html !== null && html.length <= limits.outputCharacters && /<table\b/iu.test(html)) {
    const tables = htmlBlocks(html, path, limits).filter(({ kind }) => kind === 'table');
    if (tables.length > 0) return tables.map((table) => ({ ...table, printed: true }));
  }
  const text = bundleText(data, 'text/markdown') ?? bundleText(data, 'text/plain') ?? '';
  // What a plot returns is the name of an object, not a result: "<Axes: >", "[<matplotlib.lines.Line2D at 0x7f…>]".
  if (text.trim() === '' || /^\s*\[?<.{0,300}>\]?,?\s*$/su.test(text) || /^\s*Text\(/u.test(text))
    return [];
  return [outputBlock(text.slice(0, limits.outputCharacters))];
}
