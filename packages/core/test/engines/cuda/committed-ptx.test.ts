import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gpuSources, gpuSourcesDigest, PTX, PTX_RECORD } from '../../../scripts/gpu-sources.mjs';
import { ENTRIES } from '../../../src/engines/cuda/entries.ts';

const ptx = readFileSync(PTX, 'utf8');
const record = JSON.parse(readFileSync(PTX_RECORD, 'utf8')) as { sources: string };

test('kernels.ptx is of the sources as they are', () => {
  const hint = 'kernels.ptx is stale: npm run build:ptx -w packages/core';
  expect(record.sources, hint).toBe(gpuSourcesDigest());
});

test('the digest is of the kernels for GPUs and of the C kernels that they share', () => {
  expect(gpuSources()).toEqual(
    expect.arrayContaining(['cuda/kernels.cu', 'cuda/tile.cuh', 'optimizers/adam.c', 'level.h']),
  );
});

test('it has the kernels that are launched, with parameters of their kinds', () => {
  const letters: Readonly<Record<string, string>> = { u64: 'p', u32: 'u', f32: 'f' };
  const found = new Map(
    [...ptx.matchAll(/\.visible \.entry labproof_(\w+)\(([^)]*)\)/gu)].map(
      ([, name = '', parameters = '']) => {
        const types = [...parameters.matchAll(/\.param \.(\w+)/gu)].map(([, type = '']) => type);
        // The arena comes first, as a block of bytes.
        const kinds = types.slice(1).map((type) => letters[type] ?? type);
        return [name, kinds.join('')] as const;
      },
    ),
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(ENTRIES));
});

test('it runs on Turing and later, with drivers of CUDA 12.0 and later', () => {
  expect(ptx).toContain('.version 8.0');
  expect(ptx).toContain('.target sm_75');
});

test('nothing in it is fused, flushed, approximated or added in the order of arrival', () => {
  expect(ptx.match(/\bfma\.\S+/gu) ?? []).toEqual([]);
  expect(ptx.match(/\b\w+(?:\.\w+)*\.ftz\S*/gu) ?? []).toEqual([]);
  expect(ptx.match(/\b(?:div|sqrt|rcp|rsqrt)\.(?:approx|full)\S*/gu) ?? []).toEqual([]);
  expect(ptx.match(/\b(?:atom|red)\.\S*\.f\d+/gu) ?? []).toEqual([]);
});
