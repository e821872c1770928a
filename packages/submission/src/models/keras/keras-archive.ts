import { z } from 'zod';
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from '../hdf5/hdf5-file.ts';
import type { ModelLimits } from '../model-limits.ts';
import type { ModelSource } from '../model-source.ts';
import { readArchive } from './archive.ts';
import { readEmbeddedJson } from './embedded-json.ts';
import { matchLayer } from './match-layer.ts';
import { readModelConfig } from './model-config.ts';
import { readTrainingConfig } from './training-config.ts';

const MetadataSchema = z.looseObject({ keras_version: z.string() });
const CompiledSchema = z.looseObject({ compile_config: z.unknown() });

/**
 * Opens a model in the `.keras` format (Keras 2.12 and later, 3.x): a zip with the configuration as JSON and the
 * arrays as HDF5, in a group a layer that is named after the layer's class.
 * Throws a student's error for everything that cannot or must not be read.
 */
export async function openKerasArchive(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<ModelSource> {
  const members = await readArchive(bytes, path, limits);
  const metadata = MetadataSchema.safeParse(
    readEmbeddedJson(members['metadata.json'], `${path} (metadata.json)`, limits),
  );
  const kerasVersion = metadata.success ? metadata.data.keras_version.slice(0, 40) : null;
  const config = readEmbeddedJson(members['config.json'], `${path} (config.json)`, limits);
  const { model, layers } = readModelConfig(config, { path, kerasVersion, limits });
  const compiled = CompiledSchema.safeParse(config);
  const file = await openHdf5(members['model.weights.h5'], `${path} (model.weights.h5)`);
  const stores = storesIn(file);
  return {
    model,
    kerasVersion,
    trainingConfig: compiled.success ? readTrainingConfig(compiled.data.compile_config) : null,
    notes: [],
    weightsFor: (plan) =>
      plan.layers.flatMap((planned, index) => {
        const place = layers[index]?.store ?? '';
        // Recurrent layers keep their weights in the cell that they repeat.
        const store = stores.get(place) ?? stores.get(`${place}/cell`) ?? [];
        return matchLayer(planned, planned.weights.length === 0 ? [] : store, path);
      }),
    close: () => file.close(),
  };
}

/**
 * The arrays by the layer's place, each in the order of its number. Keras 2.12 calls the folder of the layers
 * `_layer_checkpoint_dependencies` and counts layers with weights twice in it (`Functional._layer_checkpoint_dependencies`
 * lists them under two keys): `dense`, `dense_2`, `dense_4`. On Windows whole paths became names with `\` in them.
 */
function storesIn(file: Hdf5File): Map<string, Hdf5Dataset[]> {
  const stores = new Map<string, Map<number, Hdf5Dataset>>();
  for (const [path, dataset] of file.datasets) {
    const place = path
      .slice(1)
      .replaceAll('\\', '/')
      .replaceAll(
        /_layer_checkpoint_dependencies\/([^/]+)/gu,
        (_, name: string) => `layers/${countedOnce(name)}`,
      );
    const [, store, number] = /^(.+)\/vars\/(\d{1,4})$/u.exec(place) ?? [];
    if (store === undefined || number === undefined) continue;
    const arrays = stores.get(store) ?? new Map<number, Hdf5Dataset>();
    stores.set(store, arrays.set(Number(number), dataset));
  }
  return new Map(
    [...stores].map(([store, arrays]) => [
      store,
      [...arrays].toSorted(([a], [b]) => a - b).map(([, dataset]) => dataset),
    ]),
  );
}

/** `dense_2` → `dense_1`, `dense_4` → `dense_2`. */
function countedOnce(name: string): string {
  const [, className, number] = /^(.+)_(\d{1,4})$/u.exec(name) ?? [];
  return className === undefined ? name : `${className}_${Number(number) / 2}`;
}
