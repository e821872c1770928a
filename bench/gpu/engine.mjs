// The GPU as the parts of gpu.mjs use it.
import { openKernels, planTraining, Trainer } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import { openCuda } from '../../packages/core/src/engines/cuda/open.ts';
import { SideBySideProgram } from '../../packages/core/src/programs/cuda/side-by-side.ts';

/** Every exercise of every lab that trains a network, with its lab's name. */
export function allExercises() {
  return new Labs()
    .list()
    .flatMap((lab) => lab.exercises.map((exercise) => ({ lab: lab.id, exercise })));
}

/** The first exercise of this name. */
export function exerciseNamed(name) {
  const found = allExercises().find(({ exercise }) => exercise.id === name);
  if (found === undefined) throw new RangeError(`no exercise ${name}`);
  return found.exercise;
}

/** Trials side by side on the GPU, each with its trainer. */
export async function trialsOnGpu(recipe, dataset, seeds, wrap = (kernels) => kernels) {
  const engine = await openCuda();
  const kernels = wrap(engine.createKernels(seeds.length));
  const plan = planTraining(recipe, dataset);
  const program = new SideBySideProgram(kernels, { recipe, plan: plan.model, dataset, seeds });
  const host = await openKernels('auto');
  const trainers = seeds.map(
    (seed, index) =>
      new Trainer({
        kernels: host,
        plan,
        dataset,
        seed,
        createProgram: () => program.view(index),
      }),
  );
  const runEpoch = () => {
    const batches = program.epoch(
      trainers.map((trainer) => trainer.nextOrder()),
      (step) => trainers[0].momentOf(step),
    );
    for (const [index, trainer] of trainers.entries()) trainer.finishEpoch(batches[index]);
  };
  return { kernels, program, trainers, plan, runEpoch, release: () => kernels.release() };
}
