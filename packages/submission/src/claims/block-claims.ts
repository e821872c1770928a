import type { AnswerBlock } from '../blocks/block.ts';
import type { Claim, Standing } from './claim.ts';
import {
  claimsInLines,
  evaluatePair,
  isHeader,
  isHistoryHeader,
  isProgressLine,
} from './line-claims.ts';
import { claimsInSentence } from './sentence-claims.ts';
import { sentencesOf } from './sentences.ts';
import { claimsInTable } from './table-claims.ts';

/**
 * The accuracies and losses that a block of an answer speaks of, each with its standing: what is quoted, struck or hidden is
 * no claim, whatever it says.
 */
export function claimsInBlock(block: AnswerBlock): Claim[] {
  const whole: Standing | undefined = block.quoted ? 'quoted' : undefined;
  const taken = block.lines.flatMap(({ unsaid = [] }) =>
    unsaid.flatMap(({ text, why }) =>
      sentencesOf(text).flatMap((sentence) => claimsInSentence(sentence, { standing: why })),
    ),
  );
  const claims = claimsIn(block);
  return [
    ...(whole === undefined ? claims : claims.map((claim) => ({ ...claim, standing: whole }))),
    ...taken,
  ];
}

function claimsIn(block: AnswerBlock): Claim[] {
  const lines = block.lines.map((line) => line.text);
  const { language } = block;
  switch (block.kind) {
    case 'table':
      return claimsInTable(block.rows, {
        source: block.printed ? 'output' : 'words',
      });
    case 'output':
      return claimsInLines(lines, { kind: 'output', language });
    case 'code':
      return claimsInLines(lines, { kind: 'code', language });
    default:
  }
  // Tables that were pasted as text keep their columns only as long as their lines are not joined.
  const isPasted = lines.some(
    (line) =>
      isHistoryHeader(line) ||
      isHeader(line) ||
      isProgressLine(line) ||
      evaluatePair(line, 'words').length > 0,
  );
  if (isPasted) return claimsInLines(lines, { kind: 'words', language });
  return sentencesOf(lines.join(' ')).flatMap((sentence) => claimsInSentence(sentence));
}
