import { sizeOf } from '../../../layers/layer.ts';
import type { PlannedLayer } from '../../../model/plan.ts';
import type { TfjsContext, TfjsOperation } from './layer.ts';

/** Inverted dropout with the masks that every other engine draws: the same units fall out in the same step. */
export function dropoutOperation(
  rate: number,
  layer: PlannedLayer,
  { tf, kernels, rows, streamKey }: TfjsContext,
): TfjsOperation {
  const [key0, key1] = streamKey('dropout');
  const size = sizeOf(layer.outputShape);
  const place = kernels.allocate(rows * size * 4);
  return {
    kind: 'other',
    forward(x, { training, step }) {
      if (!training) return x;
      const length = (x.shape[0] ?? 0) * size;
      kernels.dropoutMask(place, length, key0, key1, step, rate);
      return tf.mul(x, tf.tensor(kernels.f32(place, length).slice(), x.shape));
    },
  };
}
