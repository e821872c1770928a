import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin', import.meta.url));

/** The installed command: what it says, and how it ends. */
function start(...args: string[]): Promise<{ code: number; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_error, _out, err) =>
      resolve({ code: child.exitCode ?? -1, err }),
    );
  });
}

describe('the installed command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labproof-bin-'));
    await cp(bin, join(folder, 'bin'), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says what to do in a checkout that was not built', async () => {
    const { code, err } = await start(join(folder, 'bin/labproof.js'), 'labs');
    expect(code).toBe(2);
    expect(err).toContain('what to do: npm run build');
  });

  it('says what to do where Node.js is too old', async () => {
    const old = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.18.3'}})`;
    const { code, err } = await start(
      '--import',
      `data:text/javascript,${encodeURIComponent(old)}`,
      join(folder, 'bin/labproof.js'),
    );
    expect(code).toBe(2);
    expect(err).toContain('this is Node.js 20.18.3');
    expect(err).toContain('20.19');
  });
});
