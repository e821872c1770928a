import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const core = fileURLToPath(new URL('../../', import.meta.url));
const kernels = path.join(core, 'kernels');
/** The addon needs Node's headers as well, and what its threads are made of others; a GPU's kernels another compiler. */
const APART = /^(addon\.c|cuda[\\/].*|threads[\\/](?!range).*)$/;
const files = readdirSync(kernels, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[ch]$/.test(file) && !APART.test(file))
  .toSorted();

const compiler = process.env['CC'] || 'cc';
const found = spawnSync(compiler, ['--version']).status === 0;
let generated = '';

beforeEach(() => {
  generated = mkdtempSync(path.join(tmpdir(), 'labproof-sources-'));
});

afterEach(() => {
  rmSync(generated, { recursive: true });
});

function writeSignatures(): void {
  const script = `import { signaturesHeader } from './scripts/signatures-header.mjs';
    process.stdout.write(signaturesHeader());`;
  const flags = ['--import', 'tsx', '--input-type=module', '-e', script];
  const header = execFileSync(process.execPath, flags, { cwd: core });
  writeFileSync(path.join(generated, 'signatures.h'), header);
}

/** What the compiler says of the files, each of which it takes as a whole program of its own. */
function complaints(directory: string, sources: readonly string[]): string {
  const flags = ['-std=c11', '-ffreestanding', '-fsyntax-only', '-Wall', '-Wextra', '-Werror'];
  const unasked = ['-Wno-unused-function', '-Wno-unknown-pragmas'];
  const includes = [`-I${generated}`, `-I${kernels}`, '-DLABPROOF_LEVEL=alone'];
  const { stderr } = spawnSync(
    compiler,
    [...flags, ...unasked, ...includes, '-x', 'c', ...sources],
    { cwd: directory, encoding: 'utf8' },
  );
  return stderr;
}

test('there are sources and headers to compile', () => {
  expect(files).toEqual(expect.arrayContaining(['level.h', path.join('dense', 'matmul.c')]));
});

test.skipIf(!found)('every source and every header of the kernels compiles on its own', () => {
  writeSignatures();
  expect(complaints(kernels, files)).toBe('');
});

test.skipIf(!found)('a source that leaves out an include is named', () => {
  writeSignatures();
  const source = 'int f(const float *x) { return smaller(1, 2) + (int)x[0]; }\n';
  writeFileSync(path.join(generated, 'without.c'), source);
  expect(complaints(generated, ['without.c'])).toMatch(/without\.c:1.*smaller/);
});
