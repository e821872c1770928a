import { checkKinds } from '@labproof/grader';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Labs } from '@labproof/exercises';
import { findSweeps, renderSweepReport, sweepEntryOfBands } from '@labproof/report';
import { writeFilesTogether } from '@labproof/class';
import { type Context, processWorld } from '../../src/program/context.ts';
import { openContext } from '../../src/program/open-context.ts';
import { main } from '../../src/main.ts';
import { pictureRoom } from './reading-room.ts';
import { ROOM } from './shots.ts';

const LAB = 'image-recognition';
/** Its relu outputs die in some runs and not in others, so its trials and nights have something to show. */
const RESTLESS = 'deep-networks-and-convolution/mnist-mlp-sgd-5';
const NIGHTS = 16;
/** Every so many nights training runs to the end. */
const FULL_EVERY = 4;

/** Runs the command line as a user does, on a day of our choice. */
async function labproof(day: string, ...args: readonly string[]): Promise<void> {
  const context: Context = {
    ...openContext(processWorld(), { checks: checkKinds, whole: true }),
    today: () => day,
    out: () => undefined,
  };
  process.stderr.write(`labproof ${args.join(' ')}\n`);
  const code = await main(args, context);
  // 1 says that there are findings, and the demo class is full of them.
  if (code > 1) throw new Error(`labproof ${args.join(' ')} ended with ${code}`);
}

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}`;

function copyClass(target: string): void {
  const fixtures = fileURLToPath(new URL(`../../../../fixtures/${LAB}`, import.meta.url));
  for (const scenario of readdirSync(fixtures)) {
    const submission = join(fixtures, scenario, 'submission');
    if (existsSync(submission)) cpSync(submission, join(target, scenario), { recursive: true });
  }
}

/** The sweep over hidden units, from the trials that its lab was calibrated with. */
function writeSweep(folder: string): void {
  const lab = new Labs().find('deep-networks-and-convolution');
  const [sweep] = findSweeps(lab.exercises);
  if (sweep === undefined) throw new Error(`${lab.id} holds no sweep any more`);
  const entries = sweep.members.flatMap(({ id, value }) => {
    const exercise = lab.exercises.find((candidate) => candidate.id === id);
    if (exercise === undefined || exercise.bands === null) return [];
    return [sweepEntryOfBands({ exercise: id, value, recipe: exercise.recipe }, exercise.bands)];
  });
  const content = renderSweepReport({
    lab,
    title: 'Hidden units',
    varied: 'Hidden units',
    entries,
  });
  writeFilesTogether(folder, [{ path: 'sweep.html', content }]);
}

/** Makes a page of every kind below `folder` from real runs; trained trials come from the user's cache. */
export async function makePages(folder: string): Promise<void> {
  const submissions = join(folder, 'submissions');
  mkdirSync(submissions);
  copyClass(submissions);
  const today = day(NIGHTS);
  const at = (...names: string[]): string => join(folder, ...names);
  await labproof(today, 'grade', submissions, '--lab', LAB, '--out', at('graded'), '--pdf');
  await pictureRoom(at('graded'), at(ROOM.page), ROOM);
  const submission = join(submissions, 'missing-shard');
  await labproof(today, 'check', submission, '--lab', LAB, '--out', at('check'));
  await labproof(today, 'handout', LAB, '--out', at('handout'));
  await labproof(today, 'run', RESTLESS, '--trials', '12', '--out', at('trials'));
  await labproof(today, 'run', `${LAB}/playground`, '--trials', '30', '--out', at('trials'));
  writeSweep(folder);
  for (let night = 1; night <= NIGHTS; night += 1) {
    const kept = ['--history', at('nights.jsonl'), '--page', at('nights.html')];
    for (const exercise of ['mnist-mlp-linear', 'mnist-mlp-relu'])
      await labproof(day(night), 'verify', `${LAB}/${exercise}`, ...kept);
    const whole = night % FULL_EVERY === 0 ? ['--full'] : [];
    await labproof(day(night), 'verify', RESTLESS, ...whole, ...kept);
  }
}
