/*
 * Compiles kernels.ptx to machine code for some GPUs and looks for what must not be there: fused multiply-adds in kernels
 * that only add and multiply. Division and square root are correctly rounded routines that use them inside, so kernels
 * with either are counted apart. Needs the packages of scripts/cuda-requirements.txt (LABPROOF_PYTHON), but no GPU.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PTX } from './gpu-sources.mjs';

const ARCHITECTURES = ['sm_75', 'sm_80', 'sm_90'];
const python = process.env.LABPROOF_PYTHON ?? 'python3';
const where = "import nvidia.cu13; print(nvidia.cu13.__path__[0], end='')";
const tools = path.join(execFileSync(python, ['-c', where], { encoding: 'utf8' }), 'bin');

/** Kernels in whose PTX a float is divided or a root taken. */
function dividing(ptx) {
  const kernels = ptx.split('.visible .entry ').slice(1);
  const divides = (text) => /\b(?:div|rcp|sqrt)\.rn\.f(?:32|64)/u.test(text);
  return new Set(kernels.filter(divides).map((text) => text.slice(0, text.indexOf('('))));
}

/** Fused multiply-adds of floats in each kernel. */
function fusedIn(sass) {
  const counts = new Map();
  let kernel = '';
  for (const line of sass.split('\n')) {
    const [, name] = /^\.text\.(\w+):/u.exec(line) ?? [];
    if (name !== undefined) counts.set((kernel = name), 0);
    if (/\b[FD]FMA\b/u.test(line)) counts.set(kernel, (counts.get(kernel) ?? 0) + 1);
  }
  return counts;
}

const apart = dividing(readFileSync(PTX, 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'labproof-sass-'));
try {
  for (const architecture of ARCHITECTURES) {
    const cubin = path.join(folder, `${architecture}.cubin`);
    execFileSync(path.join(tools, 'ptxas'), [`-arch=${architecture}`, PTX, '-o', cubin]);
    const sass = execFileSync(path.join(tools, 'nvdisasm'), ['-c', cubin], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const counts = fusedIn(sass);
    const wrong = [...counts].filter(([name, count]) => count > 0 && !apart.has(name));
    const plain = [...counts.keys()].filter((name) => !apart.has(name)).length;
    const told = wrong.map(([name, count]) => `${name} (${count})`).join(', ') || 'none';
    process.stdout.write(
      `${architecture}: ${counts.size} kernels; fused multiply-adds in the ${plain} without division or root: ${told}\n`,
    );
    if (wrong.length > 0 || counts.size === 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
