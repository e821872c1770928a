import type { CudaEngine } from '../../engines/cuda/open.ts';
import type { ProgramSetup, TrainingProgram } from '../program.ts';
import { SideBySideProgram } from './side-by-side.ts';

/** One trial on a GPU, step by step. Many trials of a recipe are much faster side by side. */
export function createCudaProgram(engine: CudaEngine, setup: ProgramSetup): TrainingProgram {
  const kernels = engine.createKernels(1);
  const program = new SideBySideProgram(kernels, { ...setup, seeds: [setup.seed] });
  return { ...program.view(0), release: () => kernels.release() };
}
