import type { TrialResult } from '@labproof/core';
import type { PlaygroundRun, SuccessRate } from '@labproof/core/playground';
import {
  type Grade,
  type GradeSummary,
  type Outcome,
  refusalOf,
  writtenId,
} from '@labproof/grader';
import { successText } from '../parts/success-text.ts';
import { formatFixed, formatPercent, formatPoints, formatSeconds } from '../format.ts';

export interface TerminalOptions {
  /** Whether the output is a terminal that shows colours. */
  readonly colour: boolean;
}

/** Control characters, escape sequences' first bytes and direction overrides: nothing of a student steers a terminal. */
// oxlint-disable-next-line no-control-regex
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text made safe for one cell of a table on a terminal, at most `most` characters long. */
export function terminalText(text: string, most: number): string {
  const characters = [...text.replace(STEERING, '')];
  return characters.length > most
    ? `${characters.slice(0, most - 1).join('')}…`
    : characters.join('');
}

export interface Cell {
  readonly text: string;
  readonly style?: 'dim' | 'bold' | 'green' | 'yellow' | 'red' | 'magenta';
}

const STYLES = { dim: 2, bold: 1, green: 32, yellow: 33, red: 31, magenta: 35 } as const;

const length = (text: string): number => [...text].length;

/** Lines of columns as wide as their widest cell; `right` names the columns that end flush. */
export function layOut(
  rows: readonly (readonly Cell[])[],
  right: ReadonlySet<number>,
  { colour }: TerminalOptions,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, length(text));
    }
  }
  const lines = rows.map((row) =>
    row
      .map(({ text, style }, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - length(text));
        const shown =
          colour && style !== undefined ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
        return right.has(column) ? space + shown : shown + space;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

const STATUS: Readonly<Record<Grade['status'], Cell>> = {
  final: { text: 'final', style: 'green' },
  'needs-review': { text: 'needs manual grading', style: 'yellow' },
  refused: { text: 'refused', style: 'magenta' },
  broken: { text: 'BROKEN (our fault)', style: 'red' },
};

/** Something else than the answers was read, and what it earned stands. */
const ANSWERS_REFUSED: Cell = { text: 'answers refused', style: 'magenta' };

/** One letter an outcome, in the order of the questions; letters, so that no colour is needed. */
const LETTERS: Readonly<Record<Outcome, string>> = {
  passed: '+',
  partial: '~',
  failed: 'x',
  missing: 'o',
  'needs-review': '?',
  refused: '!',
  broken: '#',
};

/** The same in words, as the key under the table has them. */
const WORDS: Readonly<Record<Outcome, string>> = {
  passed: 'passed',
  partial: 'partly',
  failed: 'not passed',
  missing: 'missing',
  'needs-review': 'needs manual grading',
  refused: 'could not be read',
  broken: 'our fault',
};

/** What a grade's status is called on a terminal. */
export function statusText(status: Grade['status']): string {
  return STATUS[status].text;
}

/** What an outcome is called on a terminal. */
export function outcomeText(outcome: Outcome): string {
  return WORDS[outcome];
}

const head = (...names: string[]): Cell[] => names.map((text) => ({ text, style: 'dim' }));
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** A table of grades for people, one line a submission, with a key to the letters. Ends with a line break. */
export function gradesTable(grades: readonly GradeSummary[], options: TerminalOptions): string {
  const rows = grades.map((grade): Cell[] => [
    { text: terminalText(writtenId(grade), 32) },
    { text: terminalText(grade.name ?? '', 28) },
    { text: grade.score === null ? '–' : formatPoints(grade.score), style: 'bold' },
    { text: grade.pending > 0 ? `+${formatPoints(grade.pending)}?` : '' },
    { text: `/ ${formatPoints(grade.max)}`, style: 'dim' },
    refusalOf(grade) === 'answers' ? ANSWERS_REFUSED : STATUS[grade.status],
    { text: grade.outcomes.map(({ outcome }) => LETTERS[outcome]).join('') },
  ]);
  const table = layOut(
    [head('student', 'name', 'score', 'to grade', 'max', 'status', 'questions'), ...rows],
    new Set([2, 3]),
    options,
  );
  const key = Object.entries(LETTERS)
    .map(([outcome, letter]) => `${letter} ${WORDS[outcome as Outcome]}`)
    .join('  ');
  return `${table}${layOut([[{ text: key, style: 'dim' }]], new Set(), options)}`;
}

/** Points as they go out: a line a student. */
export function pointsTable(
  rows: readonly { readonly id: string; readonly name: string | null; readonly points: number }[],
  options: TerminalOptions,
): string {
  const cells = rows.map(({ id, name, points }): Cell[] => [
    { text: terminalText(id, 32), style: 'bold' },
    { text: terminalText(name ?? '', 28) },
    { text: formatPoints(points) },
  ]);
  return layOut(cells, new Set([2]), options);
}

/** A table of trials for people, one line a seed. Ends with a line break. */
export function trialsTable(results: readonly TrialResult[], options: TerminalOptions): string {
  const rows = results.map(({ seed, test, seconds, cached, digest }): Cell[] => [
    { text: String(seed) },
    { text: plain(formatPercent(test.accuracy)), style: 'bold' },
    { text: formatFixed(test.loss, 4) },
    { text: plain(formatSeconds(seconds)) },
    { text: cached ? 'cached' : '', style: 'dim' },
    { text: digest.slice(0, 16), style: 'dim' },
  ]);
  return layOut(
    [head('seed', 'accuracy', 'loss', 'time', '', 'digest'), ...rows],
    new Set([0, 1, 2, 3]),
    options,
  );
}

/** A table of playground runs for people, one line a seed, and their success rate. Ends with a line break. */
export function playgroundTable(
  trials: {
    readonly runs: readonly PlaygroundRun[];
    readonly target: number;
    readonly epochs: number;
    readonly success: SuccessRate;
  },
  options: TerminalOptions,
): string {
  const rows = trials.runs.map((run): Cell[] => [
    { text: String(run.seed) },
    { text: formatFixed(run.trainLoss, 4) },
    { text: formatFixed(run.testLoss, 4), style: 'bold' },
    { text: formatFixed(run.lowestTestLoss, 4) },
    { text: run.firstUnderTarget === null ? '–' : String(run.firstUnderTarget) },
    { text: run.digest.slice(0, 16), style: 'dim' },
  ]);
  const under = `below ${trials.target} at`;
  const table = layOut(
    [head('seed', 'train loss', 'test loss', 'lowest', under, 'digest'), ...rows],
    new Set([0, 1, 2, 3, 4]),
    options,
  );
  return `${table}${plain(successText(trials))}\n`;
}
