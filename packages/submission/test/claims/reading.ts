import type { AnswerBlock } from '../../src/blocks/block.ts';
import { codeBlock, outputBlock } from '../../src/blocks/blocks.ts';
import { markdownBlocks } from '../../src/blocks/markdown-blocks.ts';
import { claimsInBlock } from '../../src/claims/block-claims.ts';
import type { Claim } from '../../src/claims/claim.ts';

/** "accuracy 0.9217 test", of all that a document in Markdown states; other figures with their standing. */
export function figures(document: string | readonly AnswerBlock[]): string[] {
  const blocks = typeof document === 'string' ? markdownBlocks(document) : document;
  return blocks.flatMap((block) => claimsInBlock(block)).map(told);
}

/** Only what is stated. */
export function stated(document: string | readonly AnswerBlock[]): string[] {
  const blocks = typeof document === 'string' ? markdownBlocks(document) : document;
  return blocks
    .flatMap((block) => claimsInBlock(block))
    .filter(({ standing }) => standing === 'stated')
    .map(told);
}

export const printed = (text: string): AnswerBlock[] => [outputBlock(text)];
export const code = (text: string, language = 'python'): AnswerBlock[] => [
  codeBlock(language, text),
];

function told({ metric, value, part, standing, source, doubtful }: Claim): string {
  return [
    metric,
    Number(value.toFixed(10)),
    part,
    standing === 'stated' ? null : standing,
    source === 'words' ? null : source,
    doubtful ? '?' : null,
  ]
    .filter((piece) => piece !== null)
    .join(' ');
}
