import type { StoredTensor } from './tensor.ts';

/** The arrays of one layer: `conv1` with its `weight` and `bias`. */
export interface ArrayGroup {
  readonly name: string;
  readonly arrays: ReadonlyMap<string, StoredTensor>;
}

/** Groups a state_dict's arrays by layer, in the order of the file. Counters, which are no weights, are left out. */
export function arrayGroups(tensors: ReadonlyMap<string, StoredTensor>): ArrayGroup[] {
  const groups = new Map<string, Map<string, StoredTensor>>();
  for (const [name, tensor] of tensors) {
    const dot = name.lastIndexOf('.');
    const [group, array] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
    if (array === 'num_batches_tracked') continue;
    const arrays = groups.get(group) ?? new Map<string, StoredTensor>();
    groups.set(group, arrays.set(array, tensor));
  }
  return [...groups].map(([name, arrays]) => ({ name, arrays }));
}

/** `Linear(784, 256)`: what a group of arrays must be the layer of, in PyTorch's words. */
export function describeGroup({ name, arrays }: ArrayGroup): string {
  const weight = arrays.get('weight');
  const shape = weight?.shape ?? [];
  const bias = arrays.has('bias') ? '' : ', bias=False';
  const called = name === '' ? '' : ` ("${name}")`;
  if (arrays.has('running_mean'))
    return `BatchNorm(${arrays.get('running_mean')?.length})${called}`;
  if (shape.length === 2) return `Linear(${shape[1]}, ${shape[0]}${bias})${called}`;
  if (shape.length === 4) {
    const [outputs, inputs, height, width] = shape;
    return `Conv2d(${inputs}, ${outputs}, kernel_size=${height === width ? height : `(${height}, ${width})`}${bias})${called}`;
  }
  return `arrays of the shapes ${[...arrays.values()].map((array) => `[${array.shape.join(', ')}]`).join(', ')}${called}`;
}
