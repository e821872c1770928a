import {
  checkTitle,
  type SelfCheck,
  type SelfCheckQuestion,
  type SelfCheckState,
} from '@labproof/grader';
import { formatPoints } from '../format.ts';
import { layOut, type TerminalOptions, terminalText } from './terminal.ts';

const STATES: Readonly<
  Record<SelfCheckState, { text: string; style: 'green' | 'yellow' | 'red' | 'magenta' | 'dim' }>
> = {
  fine: { text: 'fine', style: 'green' },
  deduction: { text: 'loses points', style: 'red' },
  missing: { text: 'missing', style: 'red' },
  unreadable: { text: 'cannot be read', style: 'magenta' },
  reader: { text: 'in grading', style: 'dim' },
  'not-checked': { text: 'not checked here', style: 'yellow' },
};

/** Longest line of a message or a path. */
const LONGEST = 600;
const LONGEST_PATH = 60;

/** What a self-check found, for people on a terminal. Ends with a line break. */
export function selfCheckText(check: SelfCheck, options: TerminalOptions): string {
  const used = check.found.filter(({ role }) => role !== 'ignored');
  const ignored = check.found.filter(({ role }) => role === 'ignored');
  const files = used.map(({ path, role, matched }) => [
    { text: `  ${terminalText(path, LONGEST_PATH)}` },
    { text: role, style: 'dim' as const },
    { text: terminalText(matched.join(', '), LONGEST_PATH), style: 'dim' as const },
  ]);
  const unused = ignored.map(
    ({ path, why }) =>
      `  not used: ${terminalText(path, LONGEST_PATH)} (${terminalText(why, LONGEST)})\n`,
  );
  const { problem } = check;
  return [
    `${check.lab.title} (${check.lab.id} ${check.lab.version})\n\n`,
    problem === null
      ? 'Found:\n'
      : `This cannot be read: ${terminalText(problem.message, LONGEST)}\n  mend it: ${terminalText(problem.fix, LONGEST)}\n`,
    files.length === 0 ? '  nothing that can be graded\n' : layOut(files, new Set(), options),
    ...unused,
    ...check.modelsMissing.map((id) => `  missing: a model for ${id}\n`),
    '\n',
    ...(problem === null ? check.questions.map((question) => questionText(question, options)) : []),
    `\n${summary(check)}`,
  ].join('');
}

function questionText(question: SelfCheckQuestion, options: TerminalOptions): string {
  const { number, title, state, fine, lost, max } = question;
  const points = lost > 0 ? `−${formatPoints(lost)}` : fine > 0 ? formatPoints(fine) : '';
  const head = layOut(
    [
      [
        { text: `Q${number}`.padEnd(4), style: 'bold' },
        { text: STATES[state].text.padEnd(16), style: STATES[state].style },
        { text: `${points.padStart(4)} / ${formatPoints(max)}`.padEnd(10) },
        { text: title },
      ],
    ],
    new Set(),
    options,
  );
  const details = question.checks
    .filter((item) => item.state !== 'fine' && item.state !== 'reader')
    .map(({ check, message, advice }) => {
      const mend = advice === null ? '' : `      mend it: ${terminalText(advice, LONGEST)}\n`;
      return `    ${checkTitle(check)}: ${terminalText(message, LONGEST)}\n${mend}`;
    });
  return [head, ...details].join('');
}

function summary({ points }: SelfCheck): string {
  const { max, fine, lost, open } = points;
  return (
    `Of ${formatPoints(max)} points ${formatPoints(fine)} stand, ${formatPoints(lost)} would be lost, ${formatPoints(open)} are decided in grading.\n` +
    'This is no grade: in grading a person reads the written answers, and models may be tried on images that are not here.\n'
  );
}
