import { z } from 'zod';

const name = z.string().max(200);

/** One layer as any Keras since 2.0 writes it, or TF.js; what else stands beside these fields is not looked at. */
export const StoredLayerSchema = z.looseObject({
  class_name: name,
  config: z.looseObject({ name: name.optional() }),
  name: name.optional(),
  module: name.nullish(),
  registered_name: name.nullish(),
  inbound_nodes: z.array(z.unknown()).optional(),
  build_config: z.unknown().optional(),
});
export type StoredLayer = z.infer<typeof StoredLayerSchema>;

/** A model: Keras before 2.2.3 wrote a Sequential's layers as a bare list. */
export const StoredModelSchema = z.looseObject({
  class_name: name,
  config: z.union([
    z.array(z.unknown()),
    z.looseObject({ name: name.optional(), layers: z.array(z.unknown()).optional() }),
  ]),
  module: name.nullish(),
  registered_name: name.nullish(),
  build_config: z.unknown().optional(),
});
export type StoredModel = z.infer<typeof StoredModelSchema>;
