import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseNights, renderDriftPage } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { junitOfNight } from './junit.ts';
import type { Night } from './night.ts';
import { nightSummary } from './night-summary.ts';

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
  context.out(options.json === true ? `${JSON.stringify(night, null, 2)}\n` : nightText(night));
  if (options.junit !== undefined) {
    await mkdir(dirname(options.junit), { recursive: true });
    await writeFile(options.junit, junitOfNight(night));
  }
  if (options.history !== undefined) {
    await mkdir(dirname(options.history), { recursive: true });
    await appendFile(options.history, `${JSON.stringify({ date: context.today(), ...night })}\n`);
  }
  if (options.page !== undefined)
    await writeNightsPage(options.page, options.history, context, night);
  if (context.jobSummaryFile !== null)
    await appendFile(context.jobSummaryFile, nightSummary(night));
}

/** The page of all nights of the history, or of this one where none is kept. */
async function writeNightsPage(
  page: string,
  history: string | undefined,
  context: Context,
  night: Night,
): Promise<void> {
  const text =
    history === undefined
      ? JSON.stringify({ date: context.today(), ...night })
      : await readFile(history, 'utf8');
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, renderDriftPage({ nights: parseNights(text), labs: context.labs.list() }));
}

function nightText({ verdict, exercises }: Night): string {
  const lines = exercises.flatMap((exercise) => [
    `${exercise.lab}/${exercise.exercise}: identity ${exercise.identity}, fixed seeds ${exercise.fixedSeeds}, fresh seeds ${exercise.freshSeeds}`,
    ...exercise.details.map((detail) => `  ${detail}`),
  ]);
  return `${[...lines, `verdict: ${verdict}`].join('\n')}\n`;
}
