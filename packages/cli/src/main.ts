import { LabproofError, systemReason } from '@labproof/core/errors';
import { CommanderError } from 'commander';
import { type Context, processWorld, type World } from './program/context.ts';
import { BROKEN, CLEAN } from './program/exit-codes.ts';
import { interruptedExitCode, interruptionOf } from './program/interruption.ts';
import { withSafeOutput } from './program/safe-output.ts';
import { createProgram } from './program.ts';

/** Runs the command line and returns the exit code. The one place where errors end. */
export async function main(
  args: readonly string[],
  world: World | Context = processWorld(),
): Promise<number> {
  const context = withSafeOutput(world);
  const { signal } = context;
  try {
    const state = { exitCode: CLEAN };
    const program = await createProgram(args, context, state);
    await program.parseAsync(args, { from: 'user' });
    return state.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? CLEAN : BROKEN;
    if (signal.aborted) {
      // Whatever failed failed because the work was ended; only who knows how to go on says more than that it was.
      const interrupted = error instanceof LabproofError && error.code.endsWith('-interrupted');
      explain(context, interrupted ? error : interruptionOf(signal));
      return interruptedExitCode(signal);
    }
    explain(context, error);
    return BROKEN;
  } finally {
    context.dispose();
  }
}

/** Who can mend it. */
const WHOSE = {
  student: 'the submission has to change',
  instructor: 'whoever runs the command can mend it',
  us: 'Labproof or this machine is at fault',
} as const;

function explain({ err }: World, error: unknown): void {
  if (error instanceof LabproofError) {
    err(`labproof: ${error.message}\n`);
    err(`  what to do: ${error.fix}\n`);
    err(`  [${error.code}] ${WHOSE[error.owner]}\n`);
    return;
  }
  const refused = systemReason(error);
  err(
    refused === null
      ? 'labproof: something went wrong that should not; please report it with these lines\n'
      : `labproof: the system refused ${placeOf(error)}: ${refused}\n  what to do: see to that and run the command again; where nothing is wrong there, please report it with these lines\n`,
  );
  err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** The file, folder or address of an error of the system. */
function placeOf(error: unknown): string {
  const { path, address } = error as { readonly path?: unknown; readonly address?: unknown };
  return String(path ?? address ?? 'something');
}
