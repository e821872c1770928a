import type { GradeChange } from '@labproof/class';
import { writtenId } from '@labproof/grader';
import { formatPoints } from '../format.ts';
import { layOut, outcomeText, statusText, type TerminalOptions, terminalText } from './terminal.ts';

const LONGEST = 200;

/** What changes for whom between two gradings, for people on a terminal. Ends with a line break. */
export function changesText(changes: readonly GradeChange[], options: TerminalOptions): string {
  if (changes.length === 0) return 'No grade changes.\n';
  const lines = changes.map((change) => changeText(change, options));
  return `${changes.length === 1 ? '1 grade changes' : `${changes.length} grades change`}:\n${lines.join('')}`;
}

function changeText(change: GradeChange, options: TerminalOptions): string {
  const { name, kind, score, pending, status, questions, causes } = change;
  const waits =
    pending.before === pending.after
      ? ''
      : `, to grade ${points(pending.before)} → ${points(pending.after)}`;
  const state =
    status.before === status.after
      ? ''
      : `, ${status.before === null ? 'none' : statusText(status.before)} → ${status.after === null ? 'none' : statusText(status.after)}`;
  const what = {
    added: `new, ${points(score.after)}${(pending.after ?? 0) > 0 ? `, ${points(pending.after)} to grade` : ''}`,
    removed: `no longer handed in (had ${points(score.before)})`,
    changed: `${points(score.before)} → ${points(score.after)}${waits}${state}`,
  }[kind];
  const head = layOut(
    [
      [
        { text: terminalText(writtenId(change), 32), style: 'bold' },
        { text: terminalText(name ?? '', 28) },
        { text: what },
      ],
    ],
    new Set(),
    options,
  );
  if (kind !== 'changed') return `  ${head}`;
  const details = questions.map(
    ({ question, outcome, points: given, message }) =>
      `      ${question}: ${points(given.before)} → ${points(given.after)}${wordsOf(outcome)}. ${terminalText(message.after ?? '', LONGEST)}\n`,
  );
  const why =
    causes.length === 0 ? '' : `      because ${terminalText(causes.join('; '), LONGEST)}\n`;
  return `  ${head}${details.join('')}${why}`;
}

/** How an outcome changed, where it did. */
function wordsOf({ before, after }: GradeChange['questions'][number]['outcome']): string {
  const [from, to] = [before, after].map((one) => (one === null ? 'not there' : outcomeText(one)));
  return from === to ? '' : `, ${from} → ${to}`;
}

function points(value: number | null): string {
  return value === null ? '–' : formatPoints(value);
}
