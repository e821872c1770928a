import { clauseOf, LabproofError, type ModelPlan, planGraph } from '@labproof/core';
import type { Exercise, Lab } from '@labproof/lab';
import { TorchLayerProblem } from '../../code/torch/layer.ts';
import { readTorchNetworks } from '../../code/torch/networks.ts';
import { convertLayers } from './convert-layers.ts';
import { labStructures } from './lab-structures.ts';

/** A network of PyTorch's that code defines. */
export interface TorchCodePlan {
  /** Its class, or the variable that holds it. */
  readonly name: string;
  /** `null` where it is not understood or does not fit the exercise's images, with the reason. */
  readonly plan: ModelPlan | null;
  readonly problem: string | null;
}

/** The networks that pieces of Python build in PyTorch, in order, for the images of an exercise. They are read, never run. */
export function torchPlansIn(
  pieces: readonly string[],
  exercise: Exercise,
  lab: Lab,
): TorchCodePlan[] {
  const structure = labStructures(lab).find(({ id }) => id === exercise.id);
  if (structure === undefined) return [];
  const [height, width, channels] = structure.imageShape;
  return readTorchNetworks(pieces).map(({ name, layers, notUnderstood }): TorchCodePlan => {
    if (layers === null) return { name, plan: null, problem: notUnderstood };
    try {
      const { model } = convertLayers(layers, [channels, height, width]);
      return { name, plan: planGraph(model), problem: null };
    } catch (error) {
      if (error instanceof LabproofError) return { name, plan: null, problem: clauseOf(error) };
      if (!(error instanceof TorchLayerProblem)) throw error;
      return { name, plan: null, problem: error.message };
    }
  });
}
