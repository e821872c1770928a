import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const core = fileURLToPath(new URL('../../', import.meta.url));
const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
let copy = '';

beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'labproof-native-'));
  for (const part of ['scripts', 'kernels', 'src', 'package.json']) {
    cpSync(path.join(core, part), path.join(copy, part), { recursive: true });
  }
  symlinkSync(modules, path.join(copy, 'node_modules'));
});

afterEach(() => {
  rmSync(copy, { recursive: true });
});

function build(environment: NodeJS.ProcessEnv): string {
  const script = ['--import', 'tsx', 'scripts/build-native.mjs'];
  return execFileSync(process.execPath, script, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

test('without a compiler the build says one line and goes on', () => {
  const output = build({ PATH: path.join(copy, 'empty'), CC: '' });
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  expect(output).toContain('no C compiler found');
  expect(existsSync(path.join(copy, 'build/kernels.node'))).toBe(false);
});

test('a compiler that fails is named in one line, with the log', () => {
  const output = build({ CC: process.execPath });
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  expect(output).toMatch(/left out, .*node failed \(see .*kernels\.log\)/);
  expect(existsSync(path.join(copy, 'build/kernels.log'))).toBe(true);
  expect(existsSync(path.join(copy, 'build/kernels.node'))).toBe(false);
});
