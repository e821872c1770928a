import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

  it('is the bundle, unless a package of the checkout was built after it', async () => {
    const command = join(folder, 'packages/cli');
    await cp(bin, join(command, 'bin'), { recursive: true });
    const write = async (path: string, text: string, time = 1000): Promise<void> => {
      const file = join(folder, 'packages', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      await utimes(file, time, time);
    };
    const said = async (): Promise<string> =>
      (await start(join(command, 'bin/labproof.js'), 'labs')).err;
    await write('cli/package.json', '{"type":"module"}');
    await write('cli/dist/bin.js', "process.stderr.write('packages')");
    await write('cli/dist/bundle/bin.js', "process.stderr.write('bundle')");
    await write('cli/dist/bundle/bundle.json', '{}');
    await write('core/dist/index.js', '', 1001);
    // Installed, what lies beside the package is none of ours.
    expect(await said()).toBe('bundle');
    await write('cli/tsconfig.build.json', '{}');
    expect(await said()).toBe('packages');
    await write('core/dist/index.js', '');
    expect(await said()).toBe('bundle');
  });
});
