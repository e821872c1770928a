import type { ExerciseStructure } from '../pytorch/exercise-structure.ts';
import type { ValueMessage } from './messages.ts';
import { channelsFirstOrder, type Order } from './orders.ts';
import { OnnxProblem } from './problem.ts';
import { isFloatType, sizeOf, typeName } from './tensors.ts';

/** The input of a network: how ONNX sees an image, and how it lies in our data. */
export interface ImageInput {
  readonly dims: readonly number[];
  readonly stored: readonly number[];
  readonly order: Order | null;
  readonly channels: number;
  /** The number of examples that the file fixes; 0 where it leaves it open. */
  readonly fixed: number;
}

/** `[height, width, channels]`. */
type Image = ExerciseStructure['imageShape'];

type Framework = 'pytorch' | 'keras' | 'unknown';

/** Which framework exported a file: they lay out images differently, and scale them in different places. */
export function frameworkOf(producer: string): Framework {
  if (/^pytorch/iu.test(producer)) return 'pytorch';
  return /^(?:tf2onnx|keras)/iu.test(producer) ? 'keras' : 'unknown';
}

/**
 * How a network takes its images: with the channels first or last, without an axis of channels, or flat. Which it is, the
 * lab's images say; without a lab, the axis that is 1 or 3 long.
 */
export function imageInput(
  { type, dims }: ValueMessage,
  images: readonly Image[],
  framework: Framework,
): ImageInput {
  if (type === null || dims === null) {
    throw problem('does not say the shape of its input');
  }
  if (!isFloatType(type)) {
    throw problem(
      `takes its images as ${typeName(type)}`,
      'Export it with images of float32 as its input.',
    );
  }
  const [examples = null, ...extents] = dims;
  const sound = dims.every((extent) => extent === null || Number.isSafeInteger(extent));
  if (dims.length < 2 || !sound || dims.some((extent) => extent !== null && extent < 0)) {
    throw problem(`takes an input of the shape [${dims.map((each) => each ?? '?').join(', ')}]`);
  }
  // Some writers say 0 for what is left open.
  const open = extents.map((extent) => (extent === 0 ? null : extent));
  const fixed = examples ?? 0;
  const known = images.length > 0 ? images : guessed(open);
  for (const image of known) {
    const fitting = layouts(image).find(
      ({ dims: wanted }) =>
        wanted.length === open.length &&
        open.every((extent, axis) => extent === null || extent === wanted[axis]),
    );
    if (fitting !== undefined) return { ...laidOut(fitting, image, framework), fixed };
  }
  const whole = open.filter((extent) => extent !== null);
  if (whole.length < open.length) {
    throw problem(
      `leaves the shape of its images open ([${open.map((each) => each ?? '?').join(', ')}])`,
      'Export it with the shape of the images fixed; only the number of examples may stay open.',
    );
  }
  // It fits no image of the lab, which is for the evaluation to say.
  return {
    dims: whole,
    stored: whole,
    order: null,
    channels: whole.at(-1) ?? 1,
    fixed,
  };
}

interface Layout {
  readonly kind: 'first' | 'last' | 'flat';
  readonly dims: readonly number[];
}

function layouts([height, width, channels]: Image): Layout[] {
  return [
    { kind: 'first', dims: [channels, height, width] },
    { kind: 'last', dims: [height, width, channels] },
    ...(channels === 1 ? [{ kind: 'last', dims: [height, width] } as const] : []),
    { kind: 'flat', dims: [height * width * channels] },
  ];
}

function laidOut(
  { kind, dims }: Layout,
  [height, width, channels]: Image,
  framework: Framework,
): Omit<ImageInput, 'fixed'> {
  const image = [height, width, channels];
  if (kind === 'last') return { dims, stored: dims, order: null, channels };
  if (kind === 'first') {
    return { dims, stored: image, order: channelsFirstOrder(dims), channels };
  }
  if (channels === 1 || framework === 'keras') return { dims, stored: dims, order: null, channels };
  if (framework === 'pytorch') {
    return {
      dims,
      stored: image,
      order: channelsFirstOrder([channels, height, width]),
      channels,
    };
  }
  throw problem(
    `takes ${sizeOf(
      dims,
    )} numbers in a row, and whether the colours of a pixel stand together in them, nothing says`,
    'Export the network with images as its input, and flatten them in its first layer.',
  );
}

/** What the extents alone say of the images: an axis of 1 or 3 channels at an end, else a flat image in grey. */
function guessed(extents: readonly (number | null)[]): Image[] {
  const [first = null, second = null, third = null] = extents;
  if (extents.length === 1 && first !== null) return [[first, 1, 1]];
  if (first === null || second === null) return [];
  if (extents.length === 2) return [[first, second, 1]];
  if (extents.length !== 3 || third === null) return [];
  const isLast = (third === 1 || third === 3) && first !== 1 && first !== 3;
  return isLast ? [[first, second, third]] : [[second, third, first]];
}

function problem(what: string, fix?: string): OnnxProblem {
  return new OnnxProblem('onnx-graph', what, fix);
}
