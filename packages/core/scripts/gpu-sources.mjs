import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sharedKernelsHeader } from './gpu-headers.mjs';
import { KERNELS } from './kernel-sources.mjs';

/** Options of every compilation to PTX: nothing is contracted, denormals stay, quotients and roots are IEEE's. */
export const NVRTC_OPTIONS = [
  '--gpu-architecture=compute_75',
  '--fmad=false',
  '--ftz=false',
  '--prec-div=true',
  '--prec-sqrt=true',
  '--std=c++17',
  '--device-as-default-execution-space',
  '--define-macro=LABPROOF_GPU',
];

export const PTX = path.join(KERNELS, 'cuda/kernels.ptx');
export const PTX_RECORD = `${PTX}.json`;

/** The files that `cuda/kernels.cu` is made of, in the order in which it includes them. */
export function gpuSources() {
  const files = [];
  const add = (file) => {
    if (files.includes(file) || !existsSync(path.join(KERNELS, file))) return;
    files.push(file);
    const text = readFileSync(path.join(KERNELS, file), 'utf8');
    for (const [, included] of text.matchAll(/^#include "([^"]+)"/gmu)) add(included);
  };
  add('cuda/kernels.cu');
  return files;
}

/** SHA-256 of all that the PTX is compiled from. */
export function gpuSourcesDigest() {
  const hash = createHash('sha256').update(JSON.stringify(NVRTC_OPTIONS));
  hash.update(sharedKernelsHeader());
  for (const file of gpuSources()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(KERNELS, file)));
  }
  return hash.digest('hex');
}
