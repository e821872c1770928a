/** `[channels, height, width]`. */
export type ChannelsFirst = readonly [channels: number, height: number, width: number];

/** How an array of PyTorch's becomes one of ours, in memory of its own. All take and give row-major float32. */
export type Rearrange = (values: Float32Array, shape: readonly number[]) => Float32Array;

/** A copy: what is read may lie in the file, which would be kept for as long as a single bias of it. */
export const unchanged: Rearrange = (values) => values.slice();

/** Rows and columns that are transposed at a time, so that what is read and what is written stay in the cache. */
const TILE = 32;

/**
 * A Linear's `[out, in]` as a Dense's `[in, out]`. Where its inputs are a flattened image, PyTorch counts them by
 * channel, row and column, and we by row, column and channel.
 */
export function linearKernel(image: ChannelsFirst | null): Rearrange {
  return (values, [outputs = 0, inputs = 0]) => {
    const kernel = new Float32Array(values.length);
    const places = placesOf(image, inputs);
    for (let top = 0; top < outputs; top += TILE) {
      const bottom = Math.min(top + TILE, outputs);
      for (let left = 0; left < inputs; left += TILE) {
        const right = Math.min(left + TILE, inputs);
        for (let input = left; input < right; input += 1) {
          const row = (places?.[input] ?? input) * outputs;
          for (let output = top; output < bottom; output += 1) {
            kernel[row + output] = values[output * inputs + input] ?? 0;
          }
        }
      }
    }
    return kernel;
  };
}

/** One value for each place of a flattened image, as in a BatchNorm1d after Flatten. */
export function flattened(image: ChannelsFirst | null): Rearrange {
  return (values) => {
    const places = placesOf(image, values.length);
    if (places === null) return values.slice();
    const moved = new Float32Array(values.length);
    for (const [index, value] of values.entries()) moved[places[index] ?? 0] = value;
    return moved;
  };
}

/** A Conv2d's `[out, in, height, width]` as a Conv2D's `[height, width, in, out]`. */
export const convolutionKernel: Rearrange = (
  values,
  [outputs = 0, inputs = 0, height = 0, width = 0],
) => {
  const kernel = new Float32Array(values.length);
  let at = 0;
  for (let output = 0; output < outputs; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      for (let place = 0; place < height * width; place += 1) {
        kernel[(place * inputs + input) * outputs + output] = values[at] ?? 0;
        at += 1;
      }
    }
  }
  return kernel;
};

/** Where each place of an image, counted with the channels first, stands when they come last. */
function placesOf(image: ChannelsFirst | null, length: number): Uint32Array | null {
  if (image === null) return null;
  const [channels, height, width] = image;
  if (channels === 1 || height * width === 1 || channels * height * width !== length) return null;
  const places = new Uint32Array(length);
  let at = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < height * width; pixel += 1) {
      places[at] = pixel * channels + channel;
      at += 1;
    }
  }
  return places;
}
