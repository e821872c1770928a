import { resolve } from 'node:path';
import type { CheckKinds } from '@labproof/lab';
import { Command } from 'commander';
import type { CommandDefinition, ProgramState } from './program/command.ts';
import type { Context, World } from './program/context.ts';
import { usageText } from './program/usage-text.ts';
import { packageVersion } from './program/version.ts';

/** Every command by its name, in the order of the help. Only the one that is asked for is loaded. */
const commands: Readonly<Record<string, () => Promise<CommandDefinition>>> = {
  labs: async () => (await import('./commands/labs.ts')).labsCommand,
  lab: async () => (await import('./commands/lab.ts')).labCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrateCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  grade: async () => (await import('./commands/grade.ts')).gradeCommand,
  review: async () => (await import('./commands/review.ts')).reviewCommand,
  release: async () => (await import('./commands/release.ts')).releaseCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  return: async () => (await import('./commands/return.ts')).returnCommand,
  handout: async () => (await import('./commands/handout.ts')).handoutCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  pack: async () => (await import('./commands/pack.ts')).packCommand,
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  datasets: async () => (await import('./commands/datasets.ts')).datasetsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
};

/** Commands that judge no answers: Labproof's own labs are what they are, and the grader need not be loaded for them. */
const WITHOUT_CHECKS: ReadonlySet<string | undefined> = new Set(['labs', 'datasets', 'doctor']);

/** Commands that prove that labs still hold what they promise: they rely on nothing that was kept of them. */
const PROOFS: ReadonlySet<string | undefined> = new Set(['verify', 'calibrate']);

/**
 * The `labproof` command line for these arguments. Errors leave it as exceptions; nothing in it ends the process. The
 * command that the arguments name is there whole, the others by name alone; where they name none, all are there whole.
 */
export async function createProgram(
  args: readonly string[],
  world: World | Context,
  state: ProgramState,
): Promise<Command> {
  // Prints the version by itself, and throws, where that is asked for.
  const [first, second] = root(world).parseOptions([...args]).operands;
  const named = first === 'help' ? second : first;
  const program = root(world);
  let context: Context | null = null;
  for (const [name, load] of Object.entries(commands)) {
    if (named === undefined || named === name) {
      context ??= await contextIn(world, named);
      (await load())(program, context, state);
    } else {
      program.command(name);
    }
  }
  if (context !== null) openLabsFirst(program, context);
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    for (const sub of command.commands) sub.copyInheritedSettings(program);
  }
  return program;
}

async function contextIn(world: World | Context, command: string | undefined): Promise<Context> {
  if ('labs' in world) return world;
  const { openContext } = await import('./program/open-context.ts');
  return openContext(world, {
    ...(WITHOUT_CHECKS.has(command) ? {} : { checks: await kindsOfChecks() }),
    whole: PROOFS.has(command),
  });
}

async function kindsOfChecks(): Promise<CheckKinds> {
  return (await import('./program/kinds-of-checks.ts')).checkKinds;
}

function openLabsFirst(program: Command, context: Context): void {
  program.hook('preAction', async (root, action) => {
    const { labs = [], tensorflow } = root.opts<{
      labs?: readonly string[];
      tensorflow?: string;
    }>();
    if (tensorflow !== undefined) {
      const { TENSORFLOW_FOLDER } = await import('@labproof/core/tensorflow');
      // Grading processes and workers inherit the environment.
      process.env[TENSORFLOW_FOLDER] = resolve(tensorflow);
    }
    const folders = [...context.labFolders, ...labs];
    // Whatever the command is for, the author of a lab hears of everything that is wrong with it.
    if (folders.length > 0) context.labs.examineBy(await kindsOfChecks());
    const open = (): void => {
      for (const folder of folders) context.labs.open(folder);
    };
    if (action.name() !== 'verify') return open();
    // Nobody watches a night: that its labs cannot be opened is said where the night would have been read.
    const { orPublish } = await import('./verification/publish-night.ts');
    await orPublish(context, action.opts<{ junit?: string }>(), open);
  });
}

/** The program without its commands. */
function root(world: World): Command {
  return new Command('labproof')
    .description('Grades deep-learning labs and proves that they still work.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: world.out,
      writeErr: world.err,
      outputError: (text, write) => write(usageText(text)),
    })
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
    );
}
