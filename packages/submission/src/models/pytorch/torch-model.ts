import type { ModelPlan } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import type { ModelSource, StoredArray } from '../model-source.ts';
import { openTorchFile } from './container.ts';
import type { TorchFile } from './torch-file.ts';
import { torchProblem } from './problem.ts';
import type { TensorReference } from './rebuild.ts';
import { scalings } from './normalization.ts';
import { isSafetensors, readSafetensors } from './safetensors.ts';
import { findStateDicts, type StateDict, type StoredModule } from './state-dict.ts';
import { type Structure, structureOf, type TorchHints } from './structure.ts';
import { outOfStorage, readStrided, type StoredTensor } from './tensor.ts';

/** `model-00001-of-00003.safetensors`, as Hugging Face cuts large models up. */
const SHARD = /-\d{5}-of-(\d{5})\.(?:safetensors|bin|pt|pth)$/u;
const PREFIX = /^(?:module\.|_orig_mod\.)+/u;

/**
 * Opens a model of PyTorch: a `.pt` or `.pth` in any of its containers, or safetensors. For where its structure comes
 * from, see `structureOf`.
 * Throws a student's error whose code begins with `pytorch-`.
 */
export async function openTorchModel(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
  hints: TorchHints,
): Promise<ModelSource> {
  const shards = Number(SHARD.exec(path)?.[1] ?? 1);
  if (shards > 1) {
    throw torchProblem(
      'pytorch-unread',
      path,
      `is one of ${shards} files that hold a model together, and a model is read from one`,
    );
  }
  const { tensors, module, notes } = await readWeights(bytes, path, limits);
  const structure = structureOf(tensors, module, path, hints);
  notes.push(...structure.notes);
  return {
    model: structure.model,
    kerasVersion: null,
    trainingConfig: {
      optimizer: null,
      loss: null,
      fromLogits: structure.fromLogits,
      metrics: [],
    },
    training: hints.code().trainingFor(hints.exercise),
    notes,
    framework: 'pytorch',
    layersFrom: structure.layersFrom,
    ...scalings(structure.channels, hints),
    weightsFor: (plan) =>
      plan.layers.flatMap((_, index) => arraysFor(index, plan, structure, tensors, path)),
    close: () => undefined,
  };
}

interface Weights {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly module: StoredModule | null;
  readonly notes: string[];
}

async function readWeights(bytes: Uint8Array, path: string, limits: ModelLimits): Promise<Weights> {
  if (isSafetensors(bytes)) {
    return {
      tensors: withoutPrefix(readSafetensors(bytes, path, limits)),
      module: null,
      notes: [],
    };
  }
  const file = await openTorchFile(bytes, path, limits);
  const found = findStateDicts(file.root);
  const [[key, dict] = ['', undefined]] = found;
  if (dict === undefined) {
    throw torchProblem('pytorch-no-weights', path, 'holds no weights of a model');
  }
  if (found.size > 1) {
    throw torchProblem(
      'pytorch-ambiguous',
      path,
      `holds several models (${[...found.keys()]
        .slice(0, 8)
        .join(', ')}), and which is meant nothing says`,
    );
  }
  return {
    tensors: withoutPrefix(storedTensors(file, dict, path, limits)),
    module: dict.module,
    notes: key === '' ? [] : [`the weights stand under "${key}" of a checkpoint`],
  };
}

function withoutPrefix(tensors: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  return new Map([...tensors].map(([name, tensor]) => [name.replace(PREFIX, ''), tensor]));
}

function storedTensors(
  file: TorchFile,
  { tensors }: StateDict,
  path: string,
  limits: ModelLimits,
): Map<string, StoredTensor> {
  const stored = new Map<string, StoredTensor>();
  let numbers = 0;
  for (const [name, reference] of tensors) {
    if ('unread' in reference) {
      throw torchProblem(
        'pytorch-unread',
        path,
        `holds "${name}", an array that is ${reference.unread}`,
      );
    }
    const tensor = openTensor(file, reference, name, path);
    numbers += tensor.length;
    // One storage may stand for many arrays, and a stride of zero for many numbers.
    if (!(numbers <= 2 * limits.parameters)) {
      throw torchProblem(
        'pytorch-too-large',
        path,
        `describes more than ${2 * limits.parameters} numbers`,
        'Hand in the network that the exercise describes.',
      );
    }
    stored.set(name, tensor);
  }
  return stored;
}

function openTensor(
  file: TorchFile,
  reference: TensorReference,
  name: string,
  path: string,
): StoredTensor {
  const bytes = file.storage(reference.storage);
  if (bytes === null) {
    throw torchProblem('pytorch-damaged', path, `does not hold the numbers of "${name}"`);
  }
  const view = { ...reference, bytes };
  const outside = outOfStorage(view);
  if (outside !== null) {
    throw torchProblem('pytorch-damaged', path, `describes "${name}" so that ${outside}`);
  }
  const length = reference.shape.reduce((product, extent) => product * extent, 1);
  return {
    type: reference.type,
    shape: reference.shape,
    length,
    read: () => readStrided(view),
  };
}

function arraysFor(
  index: number,
  plan: ModelPlan,
  { arrays }: Structure,
  tensors: ReadonlyMap<string, StoredTensor>,
  path: string,
): StoredArray[] {
  const layer = plan.layers[index];
  const sources = arrays[index] ?? [];
  return (layer?.weights ?? []).map(({ shape }, place) => {
    const source = sources[place];
    const tensor = source === undefined ? undefined : tensors.get(source.name);
    if (source === undefined || tensor === undefined) {
      throw torchProblem('pytorch-does-not-fit', path, `lacks the array "${source?.name ?? ''}"`);
    }
    if (!tensor.type.float) {
      throw torchProblem('pytorch-unread', path, `holds "${source.name}" as ${tensor.type.name}`);
    }
    if (tensor.shape.join(' ') !== source.shape.join(' ')) {
      throw torchProblem(
        'pytorch-does-not-fit',
        path,
        `holds "${source.name}" in the shape [${tensor.shape.join(
          ', ',
        )}], and its layer needs [${source.shape.join(', ')}]`,
      );
    }
    return {
      name: source.name,
      shape,
      length: tensor.length,
      read: () => source.rearrange(tensor.read(), tensor.shape),
    };
  });
}
