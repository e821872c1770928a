import type { AnswerBlock } from '../blocks/block.ts';
import type { Claim } from './claim.ts';
import { findMentions } from './metric-words.ts';
import { metricValue } from './metric-value.ts';
import { findNumerals } from './numeral.ts';
import { claimsInSentence } from './sentence-claims.ts';

/** The accuracies and losses that a block of an answer states. */
export function claimsInBlock(block: AnswerBlock): Claim[] {
  const printed = block.printed || block.kind === 'code';
  return claimsIn(block).map((claim) => ({ ...claim, printed }));
}

function claimsIn(block: AnswerBlock): Claim[] {
  if (block.kind === 'table') return claimsInTable(block.rows);
  if (block.kind === 'code' || block.kind === 'output') {
    return claimsInLines(block.lines.map((line) => line.text));
  }
  const lines = block.lines.map((line) => line.text);
  // Tables that were pasted as text keep their columns only as long as their lines are not joined.
  if (lines.some((line) => isHistoryHeader(line) || isHeader(line))) return claimsInLines(lines);
  return sentences(lines.join(' ')).flatMap((sentence) => claimsInSentence(sentence));
}

/** Long enough for any sentence; a bound on the work that one of them can cause. */
const LONGEST_SENTENCE = 1000;

function sentences(text: string): string[] {
  return text.split(/(?<=[.!?;])\s+/u).map((sentence) => sentence.slice(0, LONGEST_SENTENCE));
}

/** Column names of a training history: its rows tell of epochs, not of the finished model. */
function isHistoryHeader(line: string): boolean {
  const words = line.toLowerCase().split(/[^\p{L}_]+/u);
  return (
    words.includes('epoch') &&
    (words.includes('metric') || words.some((word) => /loss|acc/u.test(word))) &&
    findNumerals(line).length === 0
  );
}

/** A line of nothing but metric names, as R and `kable` print above the values. */
function isHeader(line: string): boolean {
  const words = line.match(/[\p{L}_]+/gu) ?? [];
  const { mentions } = findMentions(line);
  return (
    words.length > 0 &&
    findNumerals(line).length === 0 &&
    mentions.filter(({ topic }) => topic !== 'other').length === words.length
  );
}

const RULE_LINE = /^[\s|:=+-]*$/u;
const EPOCH_LINE = /^\W*Epoch\s+\d+\s*\/\s*\d+\s*$/iu;
const EVALUATE_LIST = /^\s*(?:\[\d+\]\s*)?[[(](?<numbers>[^[\]()]*)[\])]\s*$/u;
const R_OUTPUT = /^\s*##\s?/u;
const R_INDEX = /^\s*\[\d+\]\s+/u;

/** Output of programs, line by line: logs, printed tables, `[loss, accuracy]` lists. */
function claimsInLines(lines: readonly string[]): Claim[] {
  const claims: Claim[] = [];
  let header: string | null = null;
  let training = false;
  for (const raw of lines) {
    const line = raw.replace(R_OUTPUT, '').slice(0, LONGEST_SENTENCE);
    if (isHistoryHeader(line)) return claims;
    if (RULE_LINE.test(line)) continue;
    if (isHeader(line)) {
      header = line;
      continue;
    }
    const list = EVALUATE_LIST.exec(line)?.groups?.['numbers'];
    const values = line.replace(R_INDEX, '');
    if (header !== null && findMentions(values).mentions.length === 0) {
      claims.push(...claimsInSentence(`${header} ${values}`));
    } else if (list !== undefined && findMentions(list).mentions.length === 0) {
      claims.push(...evaluateList(list, line));
    } else {
      claims.push(...claimsInSentence(values, { training }));
    }
    header = null;
    training = EPOCH_LINE.test(line);
  }
  return claims;
}

/** What Keras's `evaluate` returns for one metric: `[loss, accuracy]`. */
function evaluateList(list: string, line: string): Claim[] {
  const numerals = findNumerals(list);
  return numerals.length === 2
    ? claimsInSentence(`loss accuracy ${list}`, { excerpt: line.trim() })
    : [];
}

const MOST_RESULT_ROWS = 20;

function claimsInTable(rows: readonly (readonly string[])[]): Claim[] {
  const [head = [], ...body] = rows;
  if (isHistoryHeader(head.join(' ')) || body.length > MOST_RESULT_ROWS) return [];
  const columns = head.map((cell) => findMentions(cell).mentions[0] ?? null);
  if (columns.every((column) => column === null || column.topic === 'other')) {
    return rows.flatMap((row) => claimsInSentence(row.join(' ')));
  }
  return body.flatMap((row) => {
    const rowPart = findMentions(`${row[0] ?? ''}:`).parts[0]?.part ?? null;
    return row.flatMap((cell, index): Claim[] => {
      const column = columns[index];
      const numeral = findNumerals(cell)[0];
      if (
        column === undefined ||
        column === null ||
        column.topic === 'other' ||
        numeral === undefined
      )
        return [];
      const read = metricValue(numeral, column.topic);
      if (read === null) return [];
      const headPart = findMentions(head[index] ?? '').parts[0]?.part ?? null;
      return [
        {
          metric: column.topic,
          ...read,
          text: `${head[index] ?? ''}: ${cell}`,
          written: numeral.text.trim(),
          spread: 0,
          approximate: false,
          part: column.part ?? headPart ?? rowPart,
          printed: false,
        },
      ];
    });
  });
}
