import { LabproofError } from '@labproof/core';
import { CommanderError } from 'commander';
import { type Context, processContext } from './program/context.ts';
import { BROKEN, CLEAN, INTERRUPTED } from './program/exit-codes.ts';
import { createProgram } from './program/program.ts';

/** Runs the command line and returns the exit code. The one place where errors end. */
export async function main(
  args: readonly string[],
  context: Context = processContext(),
): Promise<number> {
  try {
    const state = { exitCode: CLEAN };
    await createProgram(context, state).parseAsync(args, { from: 'user' });
    return state.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? CLEAN : BROKEN;
    if (error instanceof LabproofError) {
      const whose = {
        student: 'the submission',
        instructor: 'the command or its setup',
        us: 'Labproof itself',
      };
      context.err(`labproof: ${error.message}\n`);
      context.err(`  what to do: ${error.fix}\n`);
      context.err(`  [${error.code}] lies with ${whose[error.owner]}\n`);
      return error.code === 'trial-interrupted' ? INTERRUPTED : BROKEN;
    }
    context.err(
      'labproof: something went wrong that should not; please report it with these lines\n',
    );
    context.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return BROKEN;
  } finally {
    context.dispose();
  }
}
