import { type GraphConfig, planGraph, planModel } from '@labproof/core';
import { compareModel } from '../compare-plans.ts';
import { arrayGroups, describeGroup } from './array-groups.ts';
import { type ConvertedGraph, convertLayers } from './convert-layers.ts';
import { type ExerciseStructure, fitExercise } from './exercise-structure.ts';
import type { ArraySource } from './graph-builder.ts';
import { type TorchLayer, TorchLayerProblem } from '../../code/torch/layer.ts';
import { torchProblem } from './problem.ts';
import type { LayersFrom } from '../model-source.ts';
import type { StoredModule } from './state-dict.ts';
import { layersOfModule } from './stored-modules.ts';
import type { StoredTensor } from './tensor.ts';
import type { TorchCode } from './torch-code.ts';

/** What a lab and a submission say of the networks that a file of weights may belong to. */
export interface TorchHints {
  /** The exercise that the file is for; `null` while nothing says it. */
  readonly exercise: string | null;
  readonly exercises: readonly ExerciseStructure[];
  /** The code that was handed in. */
  readonly code: () => TorchCode;
}

/** A network that the arrays of a file belong to. */
export interface Structure {
  readonly model: GraphConfig;
  /** For each layer of the model, the arrays of the file in the order of its weights. */
  readonly arrays: readonly (readonly ArraySource[])[];
  readonly fromLogits: boolean;
  /** Of the images that it takes. */
  readonly channels: number;
  readonly layersFrom: LayersFrom;
  /** Where it comes from, in words. */
  readonly notes: readonly string[];
}

type Tensors = ReadonlyMap<string, StoredTensor>;

/**
 * The layers between the arrays of a file: those of the saved module where it is a Sequential of PyTorch's own modules;
 * else those of the class in the handed-in code whose arrays have the same names and shapes; else those of the exercise,
 * if all arrays fit it. Names and shapes are compared in each case, so that code that belongs to another file counts for
 * nothing. Throws a student's error whose code begins with `pytorch-` where none of them does.
 */
export function structureOf(
  tensors: Tensors,
  module: StoredModule | null,
  path: string,
  hints: TorchHints,
): Structure {
  const saved = module === null ? null : layersOfModule(module);
  if (saved !== null) {
    return {
      ...convertSaved(saved, path, hints),
      layersFrom: 'file',
      notes: ['its layers are those of the saved module'],
    };
  }
  return fromCode(tensors, path, hints) ?? fromExercises(tensors, path, hints);
}

function convertSaved(
  layers: readonly TorchLayer[],
  path: string,
  hints: TorchHints,
): ConvertedGraph & { readonly channels: number } {
  const { graph, problem } = convertOnAny(layers, hints);
  if (graph !== null) return graph;
  throw notEvaluated(path, problem ?? 'the lab has no images that it could be tried on');
}

function notEvaluated(path: string, why: string): Error {
  return torchProblem(
    'pytorch-layer',
    path,
    `cannot be evaluated: ${why}`,
    'Build the network of the layers that the exercise describes, train it and save it again.',
  );
}

/** Whether every array of a file belongs to a layer of this name in the code. */
function isNamedLike(layers: readonly TorchLayer[], tensors: Tensors): boolean {
  const names = new Set(layers.map(({ name }) => name));
  return (
    tensors.size > 0 &&
    [...tensors.keys()].every((array) => {
      const layer = array.slice(0, Math.max(0, array.lastIndexOf('.')));
      return names.has(layer) || names.has(layer.slice(layer.indexOf('.') + 1));
    })
  );
}

type OnImages = ConvertedGraph & { readonly channels: number };

/** Converts layers for the image shapes of the lab in turn: the first on which all of them fit together. */
function convertOnAny(
  layers: readonly TorchLayer[],
  { exercise, exercises }: TorchHints,
): { readonly graph: OnImages | null; readonly problem: string | null } {
  const wanted = exercises.filter(({ id }) => exercise === null || id === exercise);
  const shapes = new Map(wanted.map(({ imageShape }) => [imageShape.join(' '), imageShape]));
  let problem: string | null = null;
  for (const [height, width, channels] of shapes.values()) {
    try {
      return {
        graph: { ...convertLayers(layers, [channels, height, width]), channels },
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof TorchLayerProblem)) throw error;
      problem ??= error.message;
    }
  }
  return { graph: null, problem };
}

/** The network of the handed-in code that has just these arrays; `null` where none has. */
function fromCode(tensors: Tensors, path: string, hints: TorchHints): Structure | null {
  const found = new Map<string, Structure & { readonly name: string }>();
  let unread: string | null = null;
  for (const { name, layers } of hints.code().networks) {
    if (layers === null) continue;
    const { graph, problem } = convertOnAny(layers, hints);
    if (graph === null && problem !== null && isNamedLike(layers, tensors)) {
      unread ??= `the network ${name} in the code has its arrays, and ${problem}`;
    }
    const arrays = graph === null ? null : inFile(graph.arrays, tensors);
    if (graph === null || arrays === null) continue;
    const notes = [
      `its layers were read in the code of ${name}, whose arrays have the same names and shapes`,
    ];
    const key = JSON.stringify([graph.model.layers, arrays.flat().map((array) => array.name)]);
    if (!found.has(key)) found.set(key, { ...graph, arrays, layersFrom: 'code', notes, name });
  }
  const networks = [...found.values()];
  // Its arrays may well fit the exercise all the same (a dilated convolution has those of a plain one): that would be another network.
  if (networks.length === 0 && unread !== null) throw notEvaluated(path, unread);
  const [first, ...others] = networks;
  if (first === undefined || others.length === 0) return first ?? null;
  // A lab often trains a network with and without dropout: the same arrays, and the exercise says which is meant.
  const asked = networks.filter((network) => isExercises(network, hints));
  const [only] = asked;
  if (only !== undefined && asked.length === 1) return only;
  if (others.every((network) => whatItComputes(network) === whatItComputes(first))) {
    const names = networks.map(({ name }) => name).join(' or ');
    const note = `its arrays are those of ${names} in the code, which evaluate alike; the first was taken`;
    return { ...first, notes: [note] };
  }
  throw torchProblem(
    'pytorch-ambiguous',
    path,
    `has the arrays of several networks in the code (${networks.map(({ name }) => name).join(', ')}), which do different things with them`,
    'Leave in the code the network that was saved, or give the networks different names for their layers.',
  );
}

/** Whether a network has the layers of the exercise that the file is for. */
function isExercises({ model }: Structure, { exercise, exercises }: TorchHints): boolean {
  const asked = exercises.find(({ id }) => id === exercise);
  if (asked === undefined) return false;
  const compared = { plan: planGraph(model), framework: 'pytorch', exported: false } as const;
  return compareModel(planModel(asked.model), compared).length === 0;
}

/** A graph without what an evaluation passes over, for comparison. */
function whatItComputes({ model, fromLogits }: Structure): string {
  const places: number[] = [];
  const kept: unknown[] = [];
  for (const { class_name: className, config, inbound } of model.layers) {
    const from = inbound.map((place) => (place === -1 ? -1 : (places[place] ?? -1)));
    if (className === 'Dropout') places.push(from[0] ?? -1);
    else {
      kept.push([className, { ...config, name: '' }, from]);
      places.push(kept.length - 1);
    }
  }
  return JSON.stringify([kept, fromLogits]);
}

/**
 * The arrays as the file calls them, if it has these and no others; a wrapper around the network (`model.conv1.weight`)
 * may stand before every name. `null` otherwise.
 */
function inFile(
  arrays: readonly (readonly ArraySource[])[],
  tensors: Tensors,
): readonly (readonly ArraySource[])[] | null {
  const names = [...tensors.keys()].filter((name) => !name.endsWith('num_batches_tracked'));
  const wanted = arrays.flat();
  if (new Set(wanted.map(({ name }) => name)).size !== names.length) return null;
  const [first = ''] = names;
  const wrapper = first.slice(0, first.indexOf('.') + 1);
  for (const prefix of names.every((name) => name.startsWith(wrapper)) ? ['', wrapper] : ['']) {
    const fits = wanted.every(
      ({ name, shape }) => tensors.get(`${prefix}${name}`)?.shape.join(' ') === shape.join(' '),
    );
    if (fits) {
      return arrays.map((each) =>
        each.map((array) => ({ ...array, name: `${prefix}${array.name}` })),
      );
    }
  }
  return null;
}

function fromExercises(tensors: Tensors, path: string, hints: TorchHints): Structure {
  const { exercise, exercises } = hints;
  const groups = arrayGroups(tensors);
  const tried = exercises
    .filter(({ id }) => exercise === null || id === exercise)
    .map((structure) => ({ structure, fit: fitExercise(groups, structure) }));
  const fitting = tried.flatMap(({ structure, fit }) =>
    fit.arrays === null ? [] : [{ structure, fit }],
  );
  const [only] = fitting;
  if (only === undefined) {
    const held = groups.map(describeGroup).slice(0, 20).join(', ');
    const why =
      exercises.length === 0
        ? `(${held}), and what lies between them nothing here says`
        : exercise === null
          ? `(${held}), and they fit no exercise of the lab`
          : `and does not fit the exercise: ${tried[0]?.fit.misfit ?? ''}`;
    throw torchProblem(
      'pytorch-structure',
      path,
      `holds arrays without the layers between them ${why}${aboutCode(hints)}`,
      'Build the network that the exercise describes; or hand in the code of the network (the class with __init__ and forward) beside it, in the notebook or as a .py file.',
    );
  }
  if (fitting.length > 1) {
    throw torchProblem(
      'pytorch-ambiguous',
      path,
      `fits several exercises of the lab (${fitting.map(({ structure }) => structure.id).join(', ')})`,
      'Name the file after the exercise that it is for.',
    );
  }
  const { model, id, imageShape } = only.structure;
  return {
    model: asGraph(model),
    arrays: only.fit.arrays,
    fromLogits: false,
    channels: imageShape[2],
    layersFrom: 'exercise',
    notes: [
      `the file holds arrays and not the layers between them; those of ${id} were taken, which all its arrays fit${aboutCode(hints)}`,
    ],
  };
}

/** What was found in the code instead. */
function aboutCode({ code }: TorchHints): string {
  const { networks } = code();
  const [first] = networks;
  if (first === undefined) return '';
  const unclear = networks.find(({ notUnderstood }) => notUnderstood !== null);
  return unclear === undefined
    ? `; no network in the code has arrays of these names and shapes (${networks
        .map(({ name }) => name)
        .slice(0, 5)
        .join(', ')})`
    : `; the code of ${unclear.name} was not followed because of ${unclear.notUnderstood ?? ''}`;
}

function asGraph(model: ExerciseStructure['model']): GraphConfig {
  const layers = model.layers.filter(({ class_name: className }) => className !== 'InputLayer');
  return {
    name: model.name,
    batchInputShape: model.layers[0]?.config['batch_input_shape'],
    layers: layers.map((layer, index) => ({ ...layer, inbound: [index - 1], sharedWith: null })),
  };
}
