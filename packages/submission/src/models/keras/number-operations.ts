import { z } from 'zod';
import type { StoredLayer } from './layer-schema.ts';

/** A call of an operation with a tensor and a number, in either order. */
const CallSchema = z.looseObject({
  args: z.tuple([z.unknown(), z.unknown()]),
  kwargs: z.strictObject({}).optional(),
});
const NumberSchema = z.number();

/** y = x · scale + offset, for `x op number` and for `number op x`; `null` for what is no such sum. */
const OPERATIONS: Readonly<
  Record<string, (number: number, first: boolean) => { scale: number; offset: number } | null>
> = {
  Add: (number) => ({ scale: 1, offset: number }),
  Multiply: (number) => ({ scale: number, offset: 0 }),
  Subtract: (number, first) =>
    first ? { scale: -1, offset: number } : { scale: 1, offset: -number },
  TrueDivide: (number, first) => (first || number === 0 ? null : { scale: 1 / number, offset: 0 }),
};

/**
 * Keras 3 keeps `images / 255.0` and the like between layers as operations on a tensor and a number: a Rescaling by
 * another name. Every other layer is given back as it is.
 */
export function withoutNumberOperations(layer: StoredLayer): StoredLayer {
  const operation = Object.hasOwn(OPERATIONS, layer.class_name)
    ? OPERATIONS[layer.class_name]
    : undefined;
  const [node, ...others] = layer.inbound_nodes ?? [];
  const call = CallSchema.safeParse(node);
  if (operation === undefined || !(layer.module ?? '.ops.').includes('.ops.')) return layer;
  if (others.length > 0 || !call.success) return layer;
  const [a, b] = call.data.args;
  const first = NumberSchema.safeParse(a);
  const second = NumberSchema.safeParse(b);
  const number = first.data ?? second.data;
  if (number === undefined || first.success === second.success) return layer;
  const rescaling = operation(number, first.success);
  if (rescaling === null) return layer;
  return {
    class_name: 'Rescaling',
    config: { name: layer.config.name ?? layer.name, ...rescaling },
    name: layer.name,
    inbound_nodes: [{ args: [first.success ? b : a], kwargs: {} }],
  };
}
