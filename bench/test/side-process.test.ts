import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeSide, SideProcess } from '../src/measure/side-process.ts';

const serve = new URL('../src/measure/serve.ts', import.meta.url).href;
const Doubled = z.object({ value: z.number() });

describe('a side in a process of its own', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labproof-side-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function sideOf(name: string, source: string): SideProcess {
    const script = join(folder, name);
    writeFileSync(script, source);
    return new SideProcess(name, nodeSide(pathToFileURL(script), '2'));
  }

  it('answers one request after the other, and is checked for what it says', async () => {
    const side = sideOf(
      'double.mts',
      `import { serve } from '${serve}';
       const factor = Number(process.argv[2]);
       await serve({ double: ({ value }: { value: number }) => ({ value: value * factor }), text: () => ({ value: 'four' }) });`,
    );
    expect(await side.ask('double', { value: 21 }, Doubled)).toEqual({ value: 42 });
    expect(await side.ask('double', { value: 1.5 }, Doubled)).toEqual({ value: 3 });
    await expect(side.ask('text', {}, Doubled)).rejects.toThrow(/expected number/u);
    side.stop();
  });

  it('is missed when it ends without an answer, or cannot be started', async () => {
    const side = sideOf('silent.mts', 'process.exit(0);');
    await expect(side.ask('double', {}, Doubled)).rejects.toThrow(/silent.mts ended without/u);
    const nobody = new SideProcess('nobody', [join(folder, 'nowhere')]);
    await expect(nobody.ask('double', {}, Doubled)).rejects.toThrow(/nobody ended without/u);
  });
});
