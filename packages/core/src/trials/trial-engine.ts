import { openCuda } from '../engines/cuda/open.ts';
import { type EngineChoice, openKernels } from '../engines/open.ts';
import type { Kernels } from '../engines/kernels.ts';
import { openTfjs } from '../programs/tfjs/installation/open.ts';
import { createCudaProgram } from '../programs/cuda/program.ts';
import { createTfjsProgram } from '../programs/tfjs/program.ts';
import { TFJS_ENGINES, type TfjsEngineName } from '../programs/tfjs/installation/names.ts';
import type { ModelPlan } from '../model/plan.ts';
import { createKernelProgram } from '../programs/kernels/program.ts';
import type { ProgramSetup, TrainingProgram } from '../programs/program.ts';

/** What trials can be trained with: Labproof's own arithmetic, on a GPU too, or TensorFlow.js. */
export type TrialEngineName = EngineChoice | 'cuda' | TfjsEngineName;

/** An engine that is ready to train one recipe. */
export interface TrialEngine {
  /** What it is; a TensorFlow.js engine with the backend that is in use. */
  readonly name: Exclude<TrialEngineName, 'auto' | 'tfjs'>;
  /** Draws weights, batches and masks for every engine. */
  readonly kernels: Kernels;
  readonly createProgram: (kernels: Kernels, setup: ProgramSetup) => TrainingProgram;
  /**
   * Names what the bits of a result depend on besides the arithmetic: `null` for the engines that all give the same,
   * else the engine with its backend and versions.
   */
  readonly identity: Readonly<Record<string, string>> | null;
}

/** A new name whenever a formula of the TensorFlow.js engine changes: its trials in a cache then count as others. */
const TFJS_REVISION = 'labproof-tfjs-1';

export function isTfjsEngine(name: string): name is TfjsEngineName {
  return (TFJS_ENGINES as readonly string[]).includes(name);
}

/**
 * Opens an engine that can train this network; that of Labproof's own arithmetic on the processor computes on so many threads.
 * Throws a `LabproofError` that says what is missing and how to add it.
 */
export async function openTrialEngine(
  engine: TrialEngineName,
  model: ModelPlan,
  threads = 1,
): Promise<TrialEngine> {
  if (engine === 'cuda') {
    const cuda = await openCuda();
    return {
      name: 'cuda',
      kernels: await openKernels('auto'),
      createProgram: (_, setup) => createCudaProgram(cuda, setup),
      identity: null,
    };
  }
  if (!isTfjsEngine(engine)) {
    const kernels = await openKernels(engine, { threads });
    const name = kernels.engine === 'native' ? 'native' : 'wasm';
    return { name, kernels, createProgram: createKernelProgram, identity: null };
  }
  const tfjs = await openTfjs(engine, model);
  return {
    name: `tfjs:${tfjs.backend}`,
    kernels: await openKernels('auto'),
    createProgram: (kernels, setup) => createTfjsProgram(tfjs, kernels, setup),
    identity: { engine: TFJS_REVISION, backend: tfjs.backend, ...tfjs.versions },
  };
}
