import type { Command } from 'commander';
import type { Context } from './context.ts';

/** What a command leaves behind for `main`. */
export interface ProgramState {
  exitCode: number;
}

/** Adds one command to the program. */
export type CommandDefinition = (program: Command, context: Context, state: ProgramState) => void;
