import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recorded = JSON.parse(readFileSync(path.join(root, 'kernels/kernels.wasm.json'), 'utf8')) as {
  compiler: string;
};

function clangVersion(): string | null {
  try {
    const command = process.env['LABPROOF_CLANG'] ?? 'clang';
    return execFileSync(command, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? null;
  } catch {
    return null;
  }
}

const found = clangVersion();
const reason = found === recorded.compiler ? '' : `, not compared: clang here is ${found}`;

test.skipIf(reason !== '')(
  `kernels.wasm is what ${recorded.compiler} makes of the sources${reason}`,
  () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'labproof-wasm-test-'));
    try {
      const built = path.join(directory, 'kernels.wasm');
      execFileSync(
        process.execPath,
        ['--import', 'tsx', 'scripts/build-wasm.mjs', '--into', built],
        { cwd: root },
      );
      const committed = readFileSync(path.join(root, 'kernels/kernels.wasm'));
      expect(
        readFileSync(built).equals(committed),
        'kernels.wasm is stale: npm run build:wasm -w packages/core',
      ).toBe(true);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
