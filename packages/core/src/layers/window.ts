import { z } from 'zod';
import { LayerProblem } from './layer.ts';

const extent = z.int().positive();

/** A size in both directions as Keras writes it: one number, or [height, width]. */
export const pairOption = z.union([extent, z.tuple([extent, extent])]);
export type Pair = readonly [vertical: number, horizontal: number];

export function pairOf(option: z.infer<typeof pairOption>): Pair {
  return typeof option === 'number' ? [option, option] : option;
}

export const paddingOption = z.preprocess(
  (padding) => (typeof padding === 'string' ? padding.toLowerCase() : padding),
  z.enum(['valid', 'same']),
);

export const dataFormatOption = z.literal('channels_last').nullish();

/** The options of a window that slides over an image, as a planned layer keeps them. */
export const WindowSchema = z.object({
  size: z.tuple([extent, extent]),
  strides: z.tuple([extent, extent]),
  padding: z.enum(['valid', 'same']),
});

/** How many places a window has along one axis, and by how much the first stands out over the edge. */
interface Slide {
  readonly places: number;
  readonly before: number;
}

/**
 * TensorFlow's rules (`tf.nn.convolution`): "valid" stays inside; "same" has ⌈extent / stride⌉ places and pads what
 * they lack, half before, and the odd one after.
 */
function slide(length: number, size: number, stride: number, padding: 'valid' | 'same'): Slide {
  if (padding === 'valid') return { places: Math.floor((length - size) / stride) + 1, before: 0 };
  const places = Math.ceil(length / stride);
  const lacking = Math.max((places - 1) * stride + size - length, 0);
  return { places, before: Math.floor(lacking / 2) };
}

/** Where the windows over an image of `[height, width, channels]` stand. */
export interface Windows {
  readonly padding: Pair;
  readonly places: Pair;
}

export function windowsOver(
  inputShape: readonly number[],
  window: { size: Pair; strides: Pair; padding: 'valid' | 'same' },
): Windows {
  const [height, width] = imageShape(inputShape);
  const vertical = slide(height, window.size[0], window.strides[0], window.padding);
  const horizontal = slide(width, window.size[1], window.strides[1], window.padding);
  if (vertical.places < 1 || horizontal.places < 1) {
    throw new LayerProblem(
      `its window of ${window.size[0]} × ${window.size[1]} does not fit into its input of ${height} × ${width}; padding "same" would make it fit`,
    );
  }
  return {
    padding: [vertical.before, horizontal.before],
    places: [vertical.places, horizontal.places],
  };
}

/** The input shape of a layer that takes images; anything else is a `LayerProblem`. */
export function imageShape(
  shape: readonly number[],
): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new LayerProblem(
      `it takes images of [height, width, channels], but its input has the shape [${shape.join(', ')}]`,
    );
  }
  return [height, width, channels];
}
