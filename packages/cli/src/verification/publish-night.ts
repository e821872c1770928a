import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabproofError } from '@labproof/core';
import { parseNights, renderDriftPage, type Standing, standingOf } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { junitOfFailure, junitOfNight } from './junit.ts';
import type { Night } from './night.ts';
import { failureSummary, nightSummary } from './night-summary.ts';
import { nightText } from './night-text.ts';

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
  if (options.junit !== undefined) await writeInto(options.junit, junitOfNight(night));
  await summarise(context, nightSummary(night, standing));
  if (options.page !== undefined) {
    const nights = parseNights(history);
    await writeInto(options.page, renderDriftPage({ nights, labs: context.labs.list() }));
  }
}

/**
 * Does what a night is made of. What stops it is said where the night would have been read, in the job summary and in
 * the JUnit file, and thrown on.
 */
export async function orPublish<T>(
  context: Context,
  { junit }: NightFiles,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LabproofError) || context.signal.aborted) throw error;
    await summarise(context, failureSummary(error));
    if (junit !== undefined) await writeInto(junit, junitOfFailure(error));
    throw error;
  }
}

/** Adds to the summary of a GitHub job, where this is one. */
async function summarise({ jobSummaryFile }: Context, markdown: string): Promise<void> {
  if (jobSummaryFile !== null) await appendFile(jobSummaryFile, markdown);
}

async function writeInto(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
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
