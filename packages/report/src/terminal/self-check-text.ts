import {
  checkTitle,
  type SelfCheck,
  type SelfCheckQuestion,
  type SelfCheckState,
} from '@labproof/grader';
import { formatPlural, formatPoints } from '../format.ts';
import {
  beforeHandingIn,
  noGradeText,
  pointsText,
  questionsText,
  type ToMend,
} from '../parts/before-handing-in.ts';
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
/** On one screen: characters of a line, things to mend with how, files of a kind, reasons why files are not used. */
const SHORT = 220;
const MOST_MEND = 7;
const MOST_FILES = 4;
const MOST_REASONS = 3;

interface SelfCheckTextOptions extends TerminalOptions {
  /** Every check of every question, instead of one screen. */
  readonly verbose?: boolean;
}

/** What a self-check found, for people on a terminal: one screen unless told. Ends with a line break. */
export function selfCheckText(check: SelfCheck, options: SelfCheckTextOptions): string {
  const { problem, lab } = check;
  const lines = [
    `${lab.title} (${lab.id} ${lab.version})`,
    '',
    ...(problem === null
      ? [pointsText(check).replaceAll('\u00a0', ' '), '', ...toDoLines(check)]
      : [
          `This cannot be read: ${terminalText(problem.message, LONGEST)}`,
          `  how to fix it: ${terminalText(problem.fix, LONGEST)}`,
        ]),
    '',
    ...(options.verbose === true ? [allFiles(check, options)] : foundLines(check)),
  ];
  const details = check.questions.map((question) => questionText(question, options));
  return [
    `${lines.join('\n')}\n`,
    ...(problem !== null ? [] : options.verbose === true ? ['\n', ...details] : [standing(check)]),
    `\n${noGradeText(looksAtModels(check))}\n`,
    ...(problem !== null || options.verbose === true
      ? []
      : ['--verbose lists every check, --out DIR writes it all as a page.\n']),
  ].join('');
}

function looksAtModels({ found, modelsMissing }: SelfCheck): boolean {
  return modelsMissing.length > 0 || found.some(({ role }) => role === 'model');
}

function toDoLines(check: SelfCheck): string[] {
  const { unanswered, unansweredLost, models, mend } = beforeHandingIn(check);
  const whole = [
    ...(unanswered.length === 0
      ? []
      : [
          `  Answer ${questionsText(unanswered)}: nothing was found there (−${formatPoints(unansweredLost)}).`,
        ]),
    ...(models.length === 0
      ? []
      : [
          `  Hand in ${models.length === 1 ? 'a model' : 'models'} for ${models.join(', ')}, for example as models/${models[0]}.keras.`,
        ]),
  ];
  if (whole.length + mend.length === 0) return ['Before you hand in: nothing to fix.'];
  const left = mend.slice(MOST_MEND).flatMap(({ questions }) => questions);
  return [
    'Before you hand in:',
    ...whole,
    ...mend.slice(0, MOST_MEND).flatMap(mendLines),
    ...(left.length === 0
      ? []
      : [`  … and more in ${questionsText([...new Set(left)])}: --verbose`]),
  ];
}

function mendLines({ questions, lost, state, what, how }: ToMend): string[] {
  const points = state === 'not-checked' ? 'not checked here' : `−${formatPoints(lost)}`;
  return [
    `  Q${questions.join(', Q')} (${points})  ${terminalText(what, SHORT)}`,
    ...(how === null ? [] : [`      how to fix it: ${terminalText(how, SHORT)}`]),
  ];
}

/** What was found, a line a kind of file; what is not used, a line a reason. */
function foundLines({ found }: SelfCheck): string[] {
  const of = (role: string): string[] =>
    found.filter((file) => file.role === role).map(({ path }) => path);
  const kinds = (['answers', 'model', 'history', 'image'] as const).flatMap((role) => {
    const paths = of(role);
    const name = { answers: 'answers', model: 'models', history: 'histories', image: 'pictures' };
    return paths.length === 0 ? [] : [`  ${name[role].padEnd(10)} ${listed(paths)}`];
  });
  const reasons = new Map<string, string[]>();
  for (const { role, path, why } of found) {
    if (role === 'ignored') reasons.set(why, [...(reasons.get(why) ?? []), path]);
  }
  const unused = [...reasons].map(
    ([why, paths]) => `  not used   ${listed(paths)} (${terminalText(why, SHORT)})`,
  );
  const left = unused.length - MOST_REASONS;
  return [
    'Found:',
    ...(kinds.length === 0 ? ['  nothing that can be graded'] : kinds),
    ...unused.slice(0, MOST_REASONS),
    ...(left > 0 ? [`  and more that is not used, for ${formatPlural(left, 'other reason')}`] : []),
  ].map((line) => line.replaceAll('\u00a0', ' '));
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_FILES).map((path) => terminalText(path, LONGEST_PATH));
  const left = paths.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** The questions with nothing to fix. */
function standing({ questions }: SelfCheck): string {
  const numbers = (state: SelfCheckState): number[] =>
    questions.filter((question) => question.state === state).map(({ number }) => number);
  const text = [
    ['Fine', numbers('fine')] as const,
    ['Decided in grading', numbers('reader')] as const,
  ]
    .flatMap(([name, those]) => (those.length === 0 ? [] : [`${name}: ${questionsText(those)}.\n`]))
    .join('');
  return text === '' ? '' : `\n${text}`;
}

function allFiles({ found, modelsMissing }: SelfCheck, options: TerminalOptions): string {
  const used = found.filter(({ role }) => role !== 'ignored');
  const files = used.map(({ path, role, matched }) => [
    { text: `  ${terminalText(path, LONGEST_PATH)}` },
    { text: role, style: 'dim' as const },
    { text: terminalText(matched.join(', '), LONGEST_PATH), style: 'dim' as const },
  ]);
  const unused = found.filter(({ role }) => role === 'ignored');
  return [
    'Found:\n',
    files.length === 0 ? '  nothing that can be graded\n' : layOut(files, new Set(), options),
    ...unused.map(
      ({ path, why }) =>
        `  not used: ${terminalText(path, LONGEST_PATH)} (${terminalText(why, LONGEST)})\n`,
    ),
    ...modelsMissing.map((id) => `  missing: a model for ${id}\n`),
  ]
    .join('')
    .trimEnd();
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
      const mend = advice === null ? '' : `      how to fix it: ${terminalText(advice, LONGEST)}\n`;
      return `    ${checkTitle(check)}: ${terminalText(message, LONGEST)}\n${mend}`;
    });
  return [head, ...details].join('');
}
