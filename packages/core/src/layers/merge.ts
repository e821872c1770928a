import type { Kernels, Pointer } from '../engines/kernels.ts';
import type { LayerMemory, LayerShape } from './layer.ts';

/** Joins the outputs of several layers; evaluated only, so it has no backward pass. */
export interface Merge {
  /** Returns the output's place, which is the merge's own: what follows may overwrite it. */
  forward(inputs: readonly Pointer[], rows: number): Pointer;
}

/** What a merge needs to be built. Shapes are those of one example. */
export interface MergeContext {
  readonly kernels: Kernels;
  readonly memory: Pick<LayerMemory, 'output'>;
  /** The largest number of examples in one pass. */
  readonly rows: number;
  readonly inputShapes: readonly (readonly number[])[];
}

/** A layer class of Keras that takes the outputs of two or more layers. */
export interface MergeDefinition {
  readonly className: string;
  readonly merges: true;
  /** Checks the configuration and the shapes; reports problems by throwing `LayerProblem`. */
  plan(
    config: Readonly<Record<string, unknown>>,
    inputShapes: readonly (readonly number[])[],
  ): LayerShape;
  build(shape: LayerShape, context: MergeContext): Merge;
}

/** No merge is trained, and the reason is always the same. */
export function notTrained(className: string): readonly string[] {
  return [`the class ${className}`];
}
