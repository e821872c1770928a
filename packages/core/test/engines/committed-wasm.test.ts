import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const core = fileURLToPath(new URL('../../', import.meta.url));
const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'labproof-wasm-test-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** What the package's check of kernels.wasm says; it needs no compiler. */
function check(root: string): { status: number | null; errors: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/build-wasm.mjs', '--check'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, LABPROOF_CLANG: '/nowhere/clang' } },
  );
  return { status, errors: stderr };
}

function copyOfCore(): string {
  for (const part of ['scripts', 'kernels', 'src', 'package.json']) {
    cpSync(path.join(core, part), path.join(directory, part), { recursive: true });
  }
  symlinkSync(modules, path.join(directory, 'node_modules'));
  return directory;
}

test('kernels.wasm was built from the sources, signatures and flags as they are', () => {
  expect(check(core)).toEqual({ status: 0, errors: '' });
});

test.each([
  ['a source', 'kernels/convolution/convolve.c', '/* */\n', 'have changed since'],
  ['a header', 'kernels/level.h', '/* */\n', 'have changed since'],
  ['a new source', 'kernels/dense/another.c', '/* */\n', 'have changed since'],
  ['the flags', 'scripts/compile-flags.mjs', "WASM_FLAGS.push('-O2');\n", 'have changed since'],
  [
    'the signatures',
    'src/engines/signatures.ts',
    "(RETURNS_NUMBER as Set<KernelName>).add('relu');\n",
    'have changed since',
  ],
  ['the module', 'kernels/kernels.wasm', '\0', 'kernels.wasm is not the file that'],
  [
    'the module of threads',
    'kernels/kernels-threads.wasm',
    '\0',
    'kernels-threads.wasm is not the file that',
  ],
  [
    'what only threads have',
    'kernels/threads/wasm-pool.c',
    '/* */\n',
    'since kernels-threads.wasm',
  ],
])('a change of %s is not passed over', (_, file, addition, complaint) => {
  const copy = copyOfCore();
  appendFileSync(path.join(copy, file), addition);
  const { status, errors } = check(copy);
  expect(status).toBe(1);
  expect(errors).toContain(complaint);
  expect(errors).toContain('npm run build:wasm');
});

test('what is not compiled into it may change', () => {
  const copy = copyOfCore();
  appendFileSync(path.join(copy, 'kernels/addon.c'), '/* */\n');
  expect(check(copy).status).toBe(0);
});

const { compiler } = JSON.parse(
  readFileSync(path.join(core, 'kernels/kernels.wasm.json'), 'utf8'),
) as { compiler: string };

/** The command of the very compiler that made the committed file, where it is installed. */
const clang = [process.env['LABPROOF_CLANG'] ?? 'clang', 'clang-14'].find((command) => {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return stdout?.split('\n')[0] === compiler;
});

test.skipIf(clang === undefined)(`${compiler} makes the same bytes of the sources`, () => {
  const into = ['--into', directory];
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-wasm.mjs', ...into], {
    cwd: core,
    env: { ...process.env, LABPROOF_CLANG: clang },
  });
  for (const file of ['kernels.wasm', 'kernels-threads.wasm']) {
    const committed = readFileSync(path.join(core, 'kernels', file));
    const built = readFileSync(path.join(directory, file));
    expect(built.equals(committed), 'npm run build:wasm -w packages/core').toBe(true);
  }
});
