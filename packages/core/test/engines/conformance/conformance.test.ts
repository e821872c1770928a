import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ARITHMETIC_VERSION, createOracleKernels, openKernels } from '../../../src/index.ts';
import { KERNEL_NAMES } from '../../../src/engines/signatures.ts';
import { type KernelVector, runVector } from './run-vector.ts';
import { kernelVectors, optionTrainings, streamVectors, trainingVector } from './vectors.ts';

const FILE = new URL('../../../../../fixtures/arithmetic/vectors.json', import.meta.url);

interface Vectors {
  readonly arithmetic: string;
  readonly kernels: readonly KernelVector[];
  readonly streams: unknown;
  readonly training: unknown;
  readonly optionTrainings: readonly unknown[];
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** One vector a line, so that a change of one shows as one. */
function text({ arithmetic, kernels, streams, training, ...more }: Vectors): string {
  const lines = kernels.map((vector) => `    ${JSON.stringify(vector)}`).join(',\n');
  return `{\n  "arithmetic": ${JSON.stringify(arithmetic)},\n  "kernels": [\n${lines}\n  ],\n  "streams": ${JSON.stringify(streams)},\n  "training": ${JSON.stringify(training)},\n  "optionTrainings": [\n${more.optionTrainings.map((own) => `    ${JSON.stringify(own)}`).join(',\n')}\n  ]\n}\n`;
}

describe('the conformance vectors of the arithmetic', () => {
  let vectors: Vectors;
  beforeAll(async () => {
    if (process.env['LABPROOF_WRITE'] === '1') {
      const kernels = createOracleKernels();
      const training = await trainingVector(createOracleKernels());
      const all = {
        arithmetic: ARITHMETIC_VERSION,
        kernels: kernelVectors(kernels),
        streams: streamVectors(),
        training,
        optionTrainings: await optionTrainings(async () => createOracleKernels()),
      };
      writeFileSync(FILE, text(all));
    }
    vectors = JSON.parse(readFileSync(FILE, 'utf8'));
  });

  it('are of this arithmetic, and of every kernel', () => {
    expect(vectors.arithmetic).toBe(ARITHMETIC_VERSION);
    const called = new Set<string>(vectors.kernels.map(({ kernel }) => kernel));
    // It writes nothing.
    expect(KERNEL_NAMES.filter((kernel) => !called.has(kernel))).toEqual(['countNonFinite']);
  });

  it.each(['oracle', 'wasm', 'auto'] as const)('hold on the engine %s', async (engine) => {
    const open = async () => (engine === 'oracle' ? createOracleKernels() : openKernels(engine));
    const kernels = await open();
    for (const { after, ...vector } of vectors.kernels) {
      expect(runVector(kernels, vector), JSON.stringify(vector)).toEqual(after);
    }
    expect(plain(await trainingVector(await open()))).toEqual(vectors.training);
    expect(plain(await optionTrainings(open))).toEqual(vectors.optionTrainings);
  });

  it('hold for the streams', () => {
    expect(plain(streamVectors())).toEqual(vectors.streams);
  });
});
