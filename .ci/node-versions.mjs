// Asks the built command for the digest of an exercise under Node 20, 22 and 24, on every engine that is there, and
// compares: with each other and, in the command itself, with the lab's. The other Node binaries come from npm's platform packages.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNode } from './node-binary.mjs';

const MAJORS = ['20', '22', '24'];
const EXERCISE = 'image-recognition/mnist-mlp-relu';
const work = mkdtempSync(join(tmpdir(), 'labproof-node-'));
try {
  const binaries = new Map([[process.version, process.execPath]]);
  for (const major of MAJORS) {
    if (process.version.startsWith(`v${major}.`)) continue;
    const binary = installNode(major, work);
    binaries.set(execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim(), binary);
  }
  const engines = hasNative() ? ['native', 'wasm'] : ['wasm'];
  const digests = new Map();
  for (const [version, binary] of binaries) {
    for (const engine of engines) {
      const digest = execFileSync(
        binary,
        ['packages/cli/bin/labproof.js', 'verify', EXERCISE, '--digests', '--engine', engine],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, LABPROOF_CACHE: join(work, `${version}-${engine}`) },
        },
      );
      digests.set(`Node ${version}, ${engine}`, digest.slice(0, 64));
    }
  }
  for (const [label, digest] of digests) console.log(`${digest}  ${label}`);
  if (new Set(digests.values()).size !== 1) {
    console.error('the digests differ: the arithmetic is not the same everywhere');
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function hasNative() {
  const build = 'packages/core/build';
  return existsSync(build) && readdirSync(build).some((name) => name.endsWith('.node'));
}
