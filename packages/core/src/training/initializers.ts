import { z } from 'zod';
import type { Kernels } from '../engines/kernels.ts';
import { snakeCase } from '../layers/initializer.ts';
import { normals } from '../streams/normal.ts';
import type { StreamKey } from '../streams/streams.ts';

/** What an initialiser fills. */
interface Target {
  readonly kernels: Kernels;
  readonly pointer: number;
  readonly length: number;
  /** Fan-in and fan-out. */
  readonly fans: readonly [number, number];
  /** Key of the array's own random stream. */
  readonly key: StreamKey;
}

/** Fills an array by options that it reads itself; throws a `ZodError` for options that it does not know. */
type Fill = (target: Target, config: Readonly<Record<string, unknown>>) => void;

/** Trials draw their own seeds. */
const seed = z.null().optional();

const fill =
  (value: number): Fill =>
  ({ kernels, pointer, length }, config) => {
    z.strictObject({}).parse(config);
    kernels.f32(pointer, length).fill(value);
  };

function uniform({ kernels, pointer, length, key }: Target, low: number, high: number): void {
  kernels.uniform(pointer, length, key[0], key[1], 0, low, high);
}

function normal(
  { kernels, pointer, length, key }: Target,
  options: Parameters<typeof normals>[2],
): void {
  kernels.f32(pointer, length).set(normals(length, key, options));
}

/** Standard deviation of a normal distribution cut at two deviations, by which Keras divides. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

const ScalingSchema = z.strictObject({
  scale: z.number().positive().default(1),
  mode: z
    .string()
    .transform(snakeCase)
    .pipe(z.enum(['fan_in', 'fan_out', 'fan_avg']))
    .default('fan_in'),
  distribution: z
    .enum(['normal', 'truncated_normal', 'untruncated_normal', 'uniform'])
    .default('truncated_normal'),
  seed,
});

/**
 * Keras `VarianceScaling`: variance scale / n, with n the fan-in, the fan-out or their mean. Uniform: ± √(3·scale / n);
 * normal: deviation √(scale / n), divided by that of the truncated normal where it is truncated.
 */
function scaleVariance(target: Target, scaling: z.infer<typeof ScalingSchema>): void {
  const [fanIn, fanOut] = target.fans;
  const n = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[scaling.mode];
  if (scaling.distribution === 'uniform') {
    const limit = Math.fround(Math.sqrt(Math.fround((3 * scaling.scale) / n)));
    uniform(target, -limit, limit);
    return;
  }
  const truncated = scaling.distribution !== 'untruncated_normal';
  const deviation = Math.sqrt(scaling.scale / n) / (truncated ? TRUNCATED_DEVIATION : 1);
  normal(target, { mean: 0, deviation, truncated });
}

/** A named case of `VarianceScaling`. */
const scaled =
  (scale: number, mode: 'fan_in' | 'fan_avg', distribution: 'uniform' | 'truncated_normal'): Fill =>
  (target, config) => {
    z.strictObject({ seed }).parse(config);
    scaleVariance(target, { scale, mode, distribution });
  };

const KaimingSchema = z.strictObject({ a: z.number().default(Math.sqrt(5)) });

/**
 * PyTorch's `kaiming_uniform_` by fan-in with a leaky relu of slope a: ± √3 · √(2 / (1 + a²)) / √fan_in; with a = √5, as
 * `nn.Linear` and `nn.Conv2d` call it, ± 1 / √fan_in.
 */
const kaimingUniform: Fill = (target, config) => {
  const { a } = KaimingSchema.parse(config);
  const gain = Math.sqrt(2 / (1 + a * a));
  const limit = Math.fround(Math.sqrt(3) * (gain / Math.sqrt(target.fans[0])));
  uniform(target, -limit, limit);
};

/** How `nn.Linear` and `nn.Conv2d` fill their biases: ± 1 / √fan_in of the kernel. */
const fanInUniform: Fill = (target, config) => {
  z.strictObject({}).parse(config);
  const limit = Math.fround(1 / Math.sqrt(target.fans[0]));
  uniform(target, -limit, limit);
};

const NormalSchema = z.strictObject({
  mean: z.number().default(0),
  stddev: z.number().positive().default(0.05),
  seed,
});

const randomNormal =
  (truncated: boolean): Fill =>
  (target, config) => {
    const { mean, stddev: deviation } = NormalSchema.parse(config);
    normal(target, { mean, deviation, truncated });
  };

const UniformSchema = z.strictObject({
  minval: z.number().default(-0.05),
  maxval: z.number().default(0.05),
  seed,
});

const randomUniform: Fill = (target, config) => {
  const { minval, maxval } = UniformSchema.parse(config);
  uniform(target, Math.fround(minval), Math.fround(maxval));
};

const ConstantSchema = z.strictObject({ value: z.number().default(0) });

/**
 * The initialisers that training knows, by Keras's snake_case names.
 * Glorot: Glorot & Bengio, AISTATS 2010. He: He et al., ICCV 2015. LeCun: LeCun et al., "Efficient BackProp", 1998.
 */
export const initializers: ReadonlyMap<string, Fill> = new Map<string, Fill>([
  ['glorot_uniform', scaled(1, 'fan_avg', 'uniform')],
  ['glorot_normal', scaled(1, 'fan_avg', 'truncated_normal')],
  ['he_uniform', scaled(2, 'fan_in', 'uniform')],
  ['he_normal', scaled(2, 'fan_in', 'truncated_normal')],
  ['lecun_uniform', scaled(1, 'fan_in', 'uniform')],
  ['lecun_normal', scaled(1, 'fan_in', 'truncated_normal')],
  ['variance_scaling', (target, config) => scaleVariance(target, ScalingSchema.parse(config))],
  ['kaiming_uniform', kaimingUniform],
  ['fan_in_uniform', fanInUniform],
  ['random_uniform', randomUniform],
  ['random_normal', randomNormal(false)],
  ['truncated_normal', randomNormal(true)],
  ['uniform', randomUniform],
  ['normal', randomNormal(false)],
  ['zeros', fill(0)],
  ['ones', fill(1)],
  [
    'constant',
    ({ kernels, pointer, length }, config) =>
      void kernels.f32(pointer, length).fill(ConstantSchema.parse(config).value),
  ],
]);
