import type { ModelPlan } from '@labproof/core';

/** Units beyond so many are not compared; the largest layers of intro labs have 4096. */
const MOST_UNITS = 8192;

/**
 * A signature for each unit (column of a Dense kernel, filter of a convolution) of each layer, by layer and unit. It
 * depends on the unit's bias and on the set of its incoming weights, not on their order: shuffling the units of any
 * hidden layer, which changes no prediction, only shuffles signatures. Weights that are all alike (a layer of zeros,
 * batch normalisation as it begins) say nothing and have none.
 */
export function unitSignatures(plan: ModelPlan, weights: readonly Float32Array[]): string[] {
  const signatures: string[] = [];
  let next = 0;
  for (const [layer, { weights: shapes }] of plan.layers.entries()) {
    const arrays = shapes.map((_, index) => weights[next + index] ?? new Float32Array());
    next += shapes.length;
    const kernelAt = shapes.findIndex(({ shape }) => shape.length > 1);
    const [kernel, shape] = [arrays[kernelAt], shapes[kernelAt]?.shape];
    const units = shape?.at(-1);
    if (kernel === undefined || units === undefined) continue;
    const bias = arrays.find((array, at) => at !== kernelAt && array.length === units);
    for (const signature of signaturesOf(kernel, units, bias ?? null)) {
      if (signatures.length < MOST_UNITS) signatures.push(`${layer}:${signature}`);
    }
  }
  return signatures;
}

function signaturesOf(kernel: Float32Array, units: number, bias: Float32Array | null): string[] {
  const bits = new Uint32Array(kernel.buffer, kernel.byteOffset, kernel.length);
  const biasBits =
    bias === null ? null : new Uint32Array(bias.buffer, bias.byteOffset, bias.length);
  const [low, high] = [new Uint32Array(units), new Uint32Array(units)];
  const varied = new Uint8Array(units);
  // Sums of scrambled values: the same for every order of the terms, and different for nearly every other set.
  for (let at = 0, unit = 0; at < bits.length; at += 1) {
    const value = bits[at] ?? 0;
    if (value !== bits[unit]) varied[unit] = 1;
    const scrambled = scramble(value);
    low[unit] = (low[unit] ?? 0) + scrambled;
    high[unit] = (high[unit] ?? 0) + Math.imul(scrambled ^ (scrambled >>> 15), 0x85ebca6b);
    unit += 1;
    if (unit === units) unit = 0;
  }
  return Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => varied[unit] === 1)
    .map((unit) => `${hex(low[unit])}${hex(high[unit])}${hex(scramble(biasBits?.[unit] ?? 0))}`);
}

/** The finalizer of MurmurHash3: every bit of the input moves half of the bits of the output. */
function scramble(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hex(value: number | undefined): string {
  return ((value ?? 0) >>> 0).toString(16).padStart(8, '0');
}
