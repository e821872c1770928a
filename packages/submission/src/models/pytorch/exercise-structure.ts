import {
  type ModelPlan,
  type PlannedLayer,
  planModel,
  type SequentialConfig,
} from '@labproof/core';
import { type ArrayGroup, describeGroup } from './array-groups.ts';
import { type ChannelsFirst, convolutionKernel, flattened, linearKernel } from './arrays.ts';
import { type ArraySource, plainArray } from './graph-builder.ts';

/** An exercise of the lab that a state_dict may be the weights of. */
export interface ExerciseStructure {
  readonly id: string;
  readonly model: SequentialConfig;
  /** The images of its dataset, `[height, width, channels]`. */
  readonly imageShape: readonly [number, number, number];
}

/** The arrays of a state_dict in the places of an exercise's layers, or why they do not fit. */
export type ExerciseFit =
  | { readonly arrays: readonly (readonly ArraySource[])[]; readonly misfit: null }
  | { readonly arrays: null; readonly misfit: string };

/**
 * Puts the arrays of a state_dict into an exercise's network, whose order of layers a state_dict does not say. They fit
 * in the order of the file, or in the one order in which all shapes agree; two possible orders are a misfit.
 */
export function fitExercise(
  groups: readonly ArrayGroup[],
  { id, model, imageShape }: ExerciseStructure,
): ExerciseFit {
  const plan = planModel(model);
  const [height, width, channels] = imageShape;
  const image: ChannelsFirst = [channels, height, width];
  const layers = plan.layers.flatMap((layer, index) => (layer.weights.length === 0 ? [] : [index]));
  if (layers.length !== groups.length) {
    return misfit(
      `${id} has ${layers.length} layers with weights (${layers.map((index) => describePlanned(plan.layers[index])).join(', ')}), and the file has the arrays of ${groups.length} (${groups.map(describeGroup).join(', ')})`,
    );
  }
  const fits = (index: number, group: ArrayGroup): readonly ArraySource[] | null =>
    sourcesFor(plan, index, group, image);
  const order = inOrder(layers, groups, fits) ?? byShape(layers, groups, fits);
  if (order === null) {
    const [place, group] = layers
      .map((index, place) => [index, groups[place]] as const)
      .find(([index, group]) => group !== undefined && fits(index, group) === null) ?? [-1];
    return misfit(
      group === undefined
        ? `its arrays fit the layers of ${id} in more than one order`
        : `${describeGroup(group)} where ${id} has ${describePlanned(plan.layers[place])}`,
    );
  }
  return {
    arrays: plan.layers.map((_, index) => order.get(index) ?? []),
    misfit: null,
  };
}

type Fits = (index: number, group: ArrayGroup) => readonly ArraySource[] | null;
type Placed = Map<number, readonly ArraySource[]>;

function inOrder(
  layers: readonly number[],
  groups: readonly ArrayGroup[],
  fits: Fits,
): Placed | null {
  const placed: Placed = new Map();
  for (const [place, index] of layers.entries()) {
    const group = groups[place];
    const sources = group === undefined ? null : fits(index, group);
    if (sources === null) return null;
    placed.set(index, sources);
  }
  return placed;
}

/** Modules may be listed in `__init__` in another order than they are used in: unique shapes still say which is which. */
function byShape(
  layers: readonly number[],
  groups: readonly ArrayGroup[],
  fits: Fits,
): Placed | null {
  const placed: Placed = new Map();
  const used = new Set<ArrayGroup>();
  for (const index of layers) {
    const fitting = groups.filter((group) => fits(index, group) !== null);
    const [only] = fitting;
    if (only === undefined || fitting.length > 1 || used.has(only)) return null;
    used.add(only);
    placed.set(index, fits(index, only) ?? []);
  }
  return placed;
}

function sourcesFor(
  plan: ModelPlan,
  index: number,
  { name, arrays }: ArrayGroup,
  image: ChannelsFirst,
): readonly ArraySource[] | null {
  const layer = plan.layers[index];
  if (layer === undefined) return null;
  const wanted = wantedArrays(layer, flattenedImage(plan, index, image));
  if (wanted === null || wanted.length !== arrays.size) return null;
  const prefix = name === '' ? '' : `${name}.`;
  const sources: ArraySource[] = [];
  for (const source of wanted) {
    const array = arrays.get(source.name);
    if (array === undefined || array.shape.join(' ') !== source.shape.join(' ')) return null;
    sources.push({ ...source, name: `${prefix}${source.name}` });
  }
  return sources;
}

/** What PyTorch calls a layer's arrays and in which shapes it keeps them; `null` for layers that PyTorch has not. */
function wantedArrays(layer: PlannedLayer, flat: ChannelsFirst | null): ArraySource[] | null {
  const [kernel] = layer.weights;
  const bias = layer.config['use_bias'] === true;
  switch (layer.className) {
    case 'Dense': {
      const [inputs = 0, units = 0] = kernel?.shape ?? [];
      return [
        plainArray('weight', [units, inputs], linearKernel(flat)),
        ...(bias ? [plainArray('bias', [units])] : []),
      ];
    }
    case 'Conv2D': {
      const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel?.shape ?? [];
      return [
        plainArray('weight', [outputs, inputs, height, width], convolutionKernel),
        ...(bias ? [plainArray('bias', [outputs])] : []),
      ];
    }
    case 'BatchNormalization':
      return layer.weights.map(({ name, shape }) =>
        plainArray(BATCH_NORM[name] ?? name, shape, flattened(flat)),
      );
    default:
      return null;
  }
}

const BATCH_NORM: Readonly<Record<string, string>> = {
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** The image that a layer's flat input is the flattened form of; `null` where it is none. */
function flattenedImage(
  plan: ModelPlan,
  index: number,
  image: ChannelsFirst,
): ChannelsFirst | null {
  let at = plan.layers[index]?.inbound[0] ?? -1;
  while (at !== -1) {
    const layer = plan.layers[at];
    if (layer === undefined) return null;
    if (layer.className === 'Flatten') {
      const [height = 0, width = 0, channels = 0] = layer.inputShape;
      return layer.inputShape.length === 3 ? [channels, height, width] : null;
    }
    if (layer.inputShape.join(' ') !== layer.outputShape.join(' ') || layer.weights.length > 0) {
      return layer.className === 'BatchNormalization' ? flattenedImage(plan, at, image) : null;
    }
    at = layer.inbound[0] ?? -1;
  }
  return plan.inputShape.length === 1 ? image : null;
}

/** A layer of an exercise in PyTorch's words. */
function describePlanned(layer: PlannedLayer | undefined): string {
  const shape = layer?.weights[0]?.shape ?? [];
  if (layer?.className === 'Dense') return `Linear(${shape[0]}, ${shape[1]})`;
  if (layer?.className === 'Conv2D') {
    const [height, width, inputs, outputs] = shape;
    return `Conv2d(${inputs}, ${outputs}, kernel_size=${height === width ? height : `(${height}, ${width})`})`;
  }
  return layer?.className === 'BatchNormalization'
    ? `BatchNorm(${shape[0]})`
    : (layer?.className ?? 'nothing');
}

function misfit(why: string): ExerciseFit {
  return { arrays: null, misfit: why };
}
