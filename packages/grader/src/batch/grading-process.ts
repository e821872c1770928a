import { type Kernels, LabproofError, openKernels } from '@labproof/core';
import { reasonOf } from '../refusal.ts';
import { gradePath } from './grade-path.ts';
import type { FromGradingProcess, GradingSetup, Problem, ToGradingProcess } from './messages.ts';

/** Entry of a grading process: it is set up once and then grades one submission after the other. */
let ready: { setup: GradingSetup; kernels: Kernels } | null = null;

process.on('message', (message: ToGradingProcess) => {
  handle(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ kind: 'failed', problem: problemOf(error) }),
  );
});

async function handle(message: ToGradingProcess): Promise<FromGradingProcess> {
  if (message.kind === 'setup') {
    ready = { setup: message, kernels: await openKernels(message.engine) };
    return { kind: 'ready' };
  }
  if (ready === null) throw new Error('a submission came before the setup');
  const { setup, kernels } = ready;
  const datasets = new Map(setup.datasets.map((dataset) => [dataset.id, dataset]));
  const { path, student, name } = message;
  return {
    kind: 'graded',
    grade: await gradePath({ path, student, name, lab: setup.lab, kernels, datasets }),
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof LabproofError) {
    const { code, owner, message, fix } = error;
    return { code, owner, message, fix };
  }
  return {
    code: 'grading-failed',
    owner: 'us',
    message: `A grading process failed: ${reasonOf(error)}.`,
    fix: 'Run the command again, and report the fault if it comes back.',
  };
}
