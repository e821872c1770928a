import { z } from 'zod';
import type { SubmissionFile, SubmissionFiles } from '../files/submission-files.ts';
import type { ModelLimits } from './model-limits.ts';
import type { StoredArray } from './model-source.ts';
import { submissionError } from '../errors.ts';

const WeightSchema = z.looseObject({
  name: z.string().max(400),
  shape: z.array(z.int().nonnegative()).max(8),
  dtype: z.string().max(40),
});
export const WeightsManifestSchema = z.array(
  z.looseObject({ paths: z.array(z.string()).max(1000), weights: z.array(WeightSchema) }),
);
export type WeightsManifest = z.infer<typeof WeightsManifestSchema>;

/** The announced weights, and remarks on anything that was read differently from how it was written. */
export interface StoredWeights {
  readonly weights: readonly StoredArray[];
  readonly notes: readonly string[];
}

const SAVE_AGAIN =
  'Save the model again and hand in model.json together with all of its .bin files.';

/**
 * Checks a weights manifest against the files beside `model.json`: plain file names, regular files, float32,
 * and exactly as many bytes as the shapes need. Nothing is read before all of that holds.
 * Throws a student's error with a code that starts with `weights-`.
 */
export function openWeights(
  manifest: WeightsManifest,
  modelPath: string,
  files: SubmissionFiles,
  limits: ModelLimits,
): StoredWeights {
  const folder = modelPath.slice(0, modelPath.lastIndexOf('/') + 1);
  const beside = new Map(
    files.files
      .filter(({ path }) => path.startsWith(folder) && !path.slice(folder.length).includes('/'))
      .map((file) => [file.path.slice(folder.length), file]),
  );
  const named = new Set(manifest.flatMap(({ paths }) => paths.map((path) => shardName(path))));
  const notes: string[] = [];
  const weights: StoredArray[] = [];
  for (const group of manifest) {
    const specs = group.weights.map((weight) => checkSpec(weight, limits));
    const needed = specs.reduce((sum, { length }) => sum + length * 4, 0);
    const shards = group.paths.map((path) => {
      const name = shardName(path);
      const file = beside.get(name) ?? renamedShard(beside, named, group.paths.length, needed);
      if (file === undefined) {
        throw submissionError('weights-missing', {
          message: `${modelPath} names the weights file "${name}", which is not in the submission.`,
          fix: SAVE_AGAIN,
        });
      }
      if (!file.path.endsWith(name)) notes.push(`${file.path} was taken for "${name}"`);
      return file;
    });
    const present = shards.reduce((sum, { bytes }) => sum + bytes, 0);
    if (present !== needed) {
      throw submissionError('weights-byte-count', {
        message: `The weights of ${modelPath} need ${needed} bytes, but ${shards.map(({ path }) => path).join(', ') || 'no file'} has ${present}.`,
        fix: SAVE_AGAIN,
      });
    }
    weights.push(...arraysOf(specs, shards, needed));
  }
  if (weights.length > limits.weightArrays) {
    throw submissionError('weights-too-many', {
      message: `${modelPath} lists ${weights.length} weight arrays; more than ${limits.weightArrays} are not read.`,
      fix: 'Hand in the network that the exercise describes.',
    });
  }
  return { weights, notes };
}

/** A shard's name without `./`. Anything that is more than a file name is refused: it would leave the folder. */
function shardName(path: string): string {
  const name = (path.startsWith('./') ? path.slice(2) : path).normalize('NFC');
  if (name === '' || name === '.' || name === '..' || /[/\\:\0]/u.test(name)) {
    throw submissionError('weights-path', {
      message: `The model asks for its weights at "${path.slice(0, 200)}", but they must lie beside model.json.`,
      fix: 'Put the .bin files beside model.json and save the model again.',
    });
  }
  return name;
}

/** Browsers rename second downloads ("weights (1).bin"): a lone left-over .bin of exactly the right size will do. */
function renamedShard(
  beside: ReadonlyMap<string, SubmissionFile>,
  named: ReadonlySet<string>,
  shards: number,
  needed: number,
): SubmissionFile | undefined {
  if (shards !== 1) return undefined;
  const spare = [...beside].filter(
    ([name]) => name.toLowerCase().endsWith('.bin') && !named.has(name),
  );
  const [only] = spare;
  return spare.length === 1 && only?.[1].bytes === needed ? only[1] : undefined;
}

interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly length: number;
}

function checkSpec(weight: z.infer<typeof WeightSchema>, limits: ModelLimits): Spec {
  if (weight['quantization'] !== undefined && weight['quantization'] !== null) {
    throw submissionError('weights-quantized', {
      message: `The weights "${weight.name}" are quantised, so they are not the ones that were trained.`,
      fix: 'Save the model without quantisation.',
    });
  }
  if (weight.dtype !== 'float32') {
    throw submissionError('weights-dtype', {
      message: `The weights "${weight.name}" are ${weight.dtype}; only float32 is read.`,
      fix: 'Save the model in float32.',
    });
  }
  const length = weight.shape.reduce((product, extent) => product * extent, 1);
  if (length > limits.parameters) {
    throw submissionError('model-too-large', {
      message: `The weights "${weight.name}" of shape [${weight.shape.join(', ')}] are larger than any that are examined.`,
      fix: 'Hand in the network that the exercise describes.',
    });
  }
  return { name: weight.name, shape: weight.shape, length };
}

/** One after the other, little-endian, across the shards of a group, as TF.js stores them. */
function arraysOf(
  specs: readonly Spec[],
  shards: readonly SubmissionFile[],
  total: number,
): StoredArray[] {
  let joined: DataView | null = null;
  const content = (): DataView => {
    if (joined !== null) return joined;
    const bytes = new Uint8Array(total);
    let end = 0;
    for (const shard of shards) {
      bytes.set(shard.read(), end);
      end += shard.bytes;
    }
    joined = new DataView(bytes.buffer);
    return joined;
  };
  let start = 0;
  return specs.map((spec) => {
    const offset = start;
    start += spec.length * 4;
    return {
      ...spec,
      read: () => {
        const view = content();
        const values = new Float32Array(spec.length);
        for (let index = 0; index < spec.length; index += 1) {
          values[index] = view.getFloat32(offset + index * 4, true);
        }
        return values;
      },
    };
  });
}
