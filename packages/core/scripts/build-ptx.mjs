/*
 * Builds kernels/cuda/kernels.ptx with NVRTC, and records beside it what it was made from. Needs Python with the packages
 * of scripts/cuda-requirements.txt (LABPROOF_PYTHON names it, else python3), but no GPU.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedKernelsHeader } from './gpu-headers.mjs';
import { gpuSourcesDigest, NVRTC_OPTIONS, PTX, PTX_RECORD } from './gpu-sources.mjs';
import { KERNELS } from './kernel-sources.mjs';

const python = process.env.LABPROOF_PYTHON ?? 'python3';
const folder = mkdtempSync(path.join(tmpdir(), 'labproof-ptx-'));
try {
  writeFileSync(path.join(folder, 'shared-kernels.cuh'), sharedKernelsHeader());
  // NVRTC has no C library; gpu.cuh brings the types that the shared sources take from these.
  for (const header of ['stddef.h', 'stdint.h']) writeFileSync(path.join(folder, header), '');
  const script = fileURLToPath(new URL('nvrtc.py', import.meta.url));
  const options = [...NVRTC_OPTIONS, `--include-path=${folder}`, `--include-path=${KERNELS}`];
  const source = path.join(KERNELS, 'cuda/kernels.cu');
  const compiler = execFileSync(python, [script, source, PTX, ...options], { encoding: 'utf8' });
  const record = { compiler: compiler.trim(), options: NVRTC_OPTIONS, sources: gpuSourcesDigest() };
  writeFileSync(PTX_RECORD, `${JSON.stringify(record, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
