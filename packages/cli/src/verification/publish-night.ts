import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabproofError } from '@labproof/core';
import { parseNights, renderDriftPage, type Standing, standingOf } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { junitOfNight } from './junit.ts';
import type { Night } from './night.ts';
import { nightSummary } from './night-summary.ts';
import { openFindings } from './open-findings.ts';

/** Where a night is written, besides stdout. */
export interface NightFiles {
  readonly junit?: string;
  readonly history?: string;
  readonly page?: string;
  readonly json?: true;
}

/** Prints a night and writes it into every file that was asked for. */
export async function publishNight(
  context: Context,
  night: Night,
  options: NightFiles,
): Promise<void> {
  const line = JSON.stringify({ date: context.today(), ...night });
  if (options.history !== undefined) {
    await mkdir(dirname(options.history), { recursive: true });
    await appendFile(options.history, `${line}\n`);
  }
  // What was trained is told and kept, whatever the lines of earlier nights look like.
  const history = options.history === undefined ? line : await readFile(options.history, 'utf8');
  const standing = readStanding(context, history);
  context.out(
    options.json === true
      ? `${JSON.stringify(options.history === undefined || standing === null ? night : { ...night, standing }, null, 2)}\n`
      : nightText(night, standing),
  );
  if (options.junit !== undefined) {
    await mkdir(dirname(options.junit), { recursive: true });
    await writeFile(options.junit, junitOfNight(night));
  }
  if (context.jobSummaryFile !== null) {
    await appendFile(context.jobSummaryFile, nightSummary(night, standing));
  }
  if (options.page !== undefined) {
    await mkdir(dirname(options.page), { recursive: true });
    const nights = parseNights(history);
    await writeFile(options.page, renderDriftPage({ nights, labs: context.labs.list() }));
  }
}

/** How the labs stand after this night and those before it; `null` where the history cannot be read. */
function readStanding(context: Context, history: string): Standing | null {
  try {
    return standingOf(parseNights(history), context.labs.list());
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    context.err(`note: ${error.message} ${error.fix}\n`);
    return null;
  }
}

function nightText(night: Night, standing: Standing | null): string {
  const { verdict, full, exercises, left } = night;
  const lines = exercises.flatMap((exercise) => [
    `${exercise.lab}/${exercise.exercise}: calibration ${exercise.calibration}, identity ${exercise.identity}, evaluation ${exercise.evaluation}, fixed seeds ${exercise.fixedSeeds}, fresh seeds ${exercise.freshSeeds}`,
    ...exercise.details.map((detail) => `  ${detail}`),
  ]);
  const cut = left.length === 0 ? '' : `, ${left.length} not run: the time was over`;
  return `${[
    ...lines,
    ...openFindings(night, standing).map(
      ({ name, date, full: whole, verdict: found }) =>
        `still open: ${name}, ${found} in the ${whole ? 'full' : 'quick'} night of ${date}; verify --full looks again`,
    ),
    `verdict: ${verdict}${full || exercises.length === 0 ? '' : ' (quick)'}${cut}`,
  ].join('\n')}\n`;
}
