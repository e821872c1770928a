import { resolve } from 'node:path';
import { TENSORFLOW_FOLDER } from '@labproof/core/tensorflow';
import { Command } from 'commander';
import { calibrateCommand } from './commands/calibrate.ts';
import { checkCommand } from './commands/check.ts';
import { datasetsCommand } from './commands/datasets.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { gradeCommand } from './commands/grade.ts';
import { handoutCommand } from './commands/handout.ts';
import { initCommand } from './commands/init.ts';
import { inspectCommand } from './commands/inspect.ts';
import { labCommand } from './commands/lab.ts';
import { labsCommand } from './commands/labs.ts';
import { packCommand } from './commands/pack.ts';
import { releaseCommand } from './commands/release.ts';
import { reportCommand } from './commands/report.ts';
import { reviewCommand } from './commands/review.ts';
import { returnCommand } from './commands/return.ts';
import { runCommand } from './commands/run.ts';
import { verifyCommand } from './commands/verify.ts';
import { workerCommand } from './commands/worker.ts';
import type { CommandDefinition, ProgramState } from './program/command.ts';
import type { Context } from './program/context.ts';
import { packageVersion } from './program/version.ts';

const commands: readonly CommandDefinition[] = [
  labsCommand,
  labCommand,
  runCommand,
  calibrateCommand,
  verifyCommand,
  checkCommand,
  gradeCommand,
  reviewCommand,
  releaseCommand,
  reportCommand,
  exportCommand,
  returnCommand,
  handoutCommand,
  initCommand,
  packCommand,
  inspectCommand,
  datasetsCommand,
  doctorCommand,
  workerCommand,
  demoCommand,
];

/** The `labproof` command line. Errors leave it as exceptions; nothing in it ends the process. */
export function createProgram(context: Context, state: ProgramState): Command {
  const program = new Command('labproof')
    .description('Grades deep-learning labs and proves that they still work.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showHelpAfterError('(--help lists the options)')
    .helpCommand(true)
    .option(
      '--labs <dir>',
      'add labs of your own: the folder of one, or of several (can be repeated; also LABPROOF_LABS)',
      (folder: string, others: readonly string[] = []) => [...others, folder],
    )
    .option(
      '--tensorflow <dir>',
      'the folder in whose node_modules TensorFlow.js is, where it is not beside Labproof (also LABPROOF_TENSORFLOW)',
    )
    .hook('preAction', (root) => {
      const { labs = [], tensorflow } = root.opts<{
        labs?: readonly string[];
        tensorflow?: string;
      }>();
      // Grading processes and workers inherit the environment.
      if (tensorflow !== undefined) process.env[TENSORFLOW_FOLDER] = resolve(tensorflow);
      for (const folder of [...context.labFolders, ...labs]) context.labs.open(folder);
    });
  for (const add of commands) add(program, context, state);
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    for (const sub of command.commands) sub.copyInheritedSettings(program);
  }
  return program;
}
