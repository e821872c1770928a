import { z } from 'zod';
import { issuesText } from '../errors/schema-words.ts';
import type { Kernels, Pointer } from '../engines/kernels.ts';
import type { Initializer } from './initializer.ts';
import type { Regularizer } from './regularizer.ts';

/** A weight array of a layer, in the order in which Keras stores it. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** How training fills it. */
  readonly initializer: Initializer;
  /** Fan-in and fan-out for the initialisers that need them. */
  readonly fans: readonly [number, number];
  /** Whether the optimiser updates it; the moving averages of a batch normalisation are saved but not trained. */
  readonly trainable: boolean;
  readonly regularizer: Regularizer | null;
}

/** What a layer's configuration and input shape come to. Shapes exclude the batch dimension. */
export interface LayerShape {
  /** The understood options with Keras's defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly outputShape: readonly number[];
  readonly weights: readonly WeightSpec[];
  /** Multiply-adds for one example's forward pass. */
  readonly multiplyAdds: number;
  /** Options that matter to training alone and that this version cannot train with, e.g. `kernel_regularizer`. */
  readonly untrainable: readonly string[];
}

/** How the operations of one forward pass are to behave. */
export interface Pass {
  readonly training: boolean;
  /** Training steps finished before this one; names the dropout mask. */
  readonly step: number;
}

/** One weight array in an engine's memory with its gradient (0 where it is not trained). */
export interface Parameter {
  readonly pointer: Pointer;
  readonly gradient: Pointer;
  readonly length: number;
  readonly trainable: boolean;
  readonly regularizer: Regularizer | null;
}

/** A differentiable step of the network on engine memory. */
export interface Operation {
  /** Whether what follows may overwrite its output: its backward pass does not look at it again. */
  readonly outputIsFree: boolean;
  /** Returns the output's place; keeps what the backward pass needs. */
  forward(x: Pointer, rows: number, pass: Pass): Pointer;
  /** Fills the gradients of its parameters; returns the input's gradient, which is only computed if wanted. */
  backward(dy: Pointer, rows: number, wantInputGradient: boolean): Pointer;
}

/** Where the operations of a layer get their memory from, as far as others may use it before and after them. */
export interface LayerMemory {
  /** For what the layer gives, or for what it needs meanwhile: so many bytes, which evaluation does not hand out zeroed. */
  output(byteLength: number): Pointer;
  /** For the gradient of the layer's input, which the layer before takes up and is done with; 0 where nothing is trained. */
  inputGradient(): Pointer;
}

/** What a layer needs to build its operations. */
export interface BuildContext {
  readonly kernels: Kernels;
  readonly memory: LayerMemory;
  /** The largest number of examples in one pass. */
  readonly rows: number;
  readonly training: boolean;
  /** Shape of one example. */
  readonly inputShape: readonly number[];
  readonly inputLength: number;
  readonly outputLength: number;
  readonly parameters: readonly Parameter[];
  /** Whether the first operation may overwrite its input. */
  readonly inputIsFree: boolean;
  /** The operation that gives the input, where the network is a chain that is trained. */
  readonly before?: Operation | undefined;
  /** Key of the named random stream of this layer. */
  streamKey(name: string): readonly [number, number];
}

/** A layer class as Keras names it. */
export interface LayerDefinition {
  readonly className: string;
  /** Checks the configuration and infers shapes; reports problems by throwing `LayerProblem`. */
  plan(config: Readonly<Record<string, unknown>>, inputShape: readonly number[]): LayerShape;
  build(shape: LayerShape, context: BuildContext): Operation[];
}

/** What is wrong with one layer's configuration, told without knowing where the layer stands. */
export class LayerProblem extends Error {
  override readonly name = 'LayerProblem';
}

/** Options that every Keras layer carries and that change nothing that is computed here. */
export const commonOptions = {
  name: z.string().optional(),
  trainable: z.boolean().optional(),
  dtype: z.literal('float32').nullish(),
  batch_input_shape: z.array(z.int().positive().nullable()).optional(),
};

/** Parses a layer's options; unknown or unsupported ones are named in the `LayerProblem` thrown. */
export function parseOptions<S extends z.ZodType>(
  schema: S,
  config: Readonly<Record<string, unknown>>,
): z.infer<S> {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `the option${issue.keys.length > 1 ? 's' : ''} ${issue.keys.join(', ')} ${issue.keys.length > 1 ? 'are' : 'is'} not supported`
      : issuesText([issue]),
  );
  throw new LayerProblem(problems.join('; '));
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
