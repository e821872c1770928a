import { Buffer } from 'node:buffer';
import { ready } from 'h5wasm';
import { describe, expect, it } from 'vitest';
import { openHdf5 } from '../../src/models/hdf5/hdf5-file.ts';
import { kerasFile, outcome, readBytes } from './keras-reader.ts';
import { smallConfig, values, writeHdf5, writeLegacyH5 } from './keras-writer.ts';

const CONFIG = JSON.stringify(smallConfig());

describe('one upload and the next', () => {
  it('do not answer for each other after a failure', async () => {
    const first = await readBytes(await writeLegacyH5({ config: CONFIG, start: 100 }));
    expect(first).toMatchObject({
      state: 'read',
      weights: [values([6, 4], 100), values([4], 100), values([4, 3], 100), values([3], 100)],
    });
    for (const name of ['external-storage', 'shape-bomb', 'circle', 'soft-link', 'float16']) {
      expect(await outcome(kerasFile(`hostile/${name}.h5`))).toMatch(/^hdf5-/u);
      const second = await readBytes(await writeLegacyH5({ config: CONFIG, start: 7 }));
      expect(second).toMatchObject({
        state: 'read',
        weights: [values([6, 4], 7), values([4], 7), values([4, 3], 7), values([3], 7)],
      });
    }
  });

  it('leave nothing behind in the file system of the library', async () => {
    const { FS } = await ready;
    for (const name of ['plain', 'external-storage', 'virtual', 'circle'])
      await outcome(kerasFile(`hostile/${name}.h5`));
    expect(FS.readdir('/').filter((name: string) => name.endsWith('.h5'))).toEqual([]);
    expect(FS.readdir('/dev')).toEqual(['.', '..', 'shm']);
  });
});

describe('damaged files', () => {
  it('that break off are refused, wherever they do', async () => {
    for (const file of [
      'hostile/plain.h5',
      'keras-3.15.1/dropout.keras',
      'keras-2.2.4/perceptron.h5',
    ]) {
      const whole = kerasFile(file);
      for (const share of [0, 0.001, 0.3, 0.6, 0.99]) {
        const result = await outcome(whole.slice(0, Math.floor(whole.length * share)), 'net.keras');
        expect(result).toMatch(/^(hdf5-damaged|keras-archive-damaged|model-format): /u);
      }
    }
  });

  it('with any byte changed are refused or read, and never anything else', async () => {
    const whole = kerasFile('hostile/plain.h5');
    const results = new Set<string>();
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      results.add((await outcome(bytes)).split(/[: ]/u)[0] ?? '');
    }
    expect(
      [...results].every((result) =>
        /^(read|hdf5-[a-z]+|json-[a-z-]+|model-[a-z-]+|keras-1|weights-do-not-fit)$/u.test(result),
      ),
    ).toBe(true);
    expect(results).toContain('read');
    expect(results).toContain('hdf5-damaged');
  });

  it('whose texts lie in a heap without an end are refused, and not walked through for ever', async () => {
    const whole = Buffer.from(kerasFile('hostile/plain.h5'));
    // What is free at the end of the heap: object 0, and its size.
    const free = whole.indexOf(Buffer.of(0xa8, 0x0e, 0, 0, 0, 0, 0, 0), whole.indexOf('GCOL'));
    expect(free).toBeGreaterThan(0);
    for (const size of [0, 8, 0x0e5c, 0x0ea7, 0xffff]) {
      whole.writeUInt32LE(size, free);
      expect(await outcome(new Uint8Array(whole))).toMatch(/^hdf5-damaged: /u);
    }
  });

  it('that are something else say so', async () => {
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    expect(await outcome(text('<!DOCTYPE html><title>Sign in</title>'))).toMatch(
      /^model-format: /u,
    );
    expect(
      await outcome(text('version https://git-lfs.github.com/spec/v1\noid sha256:0\n')),
    ).toMatch(/^model-git-lfs: .*git lfs pull/u);
    expect(await outcome(new Uint8Array())).toMatch(/^model-format: /u);
  });
});

describe('structures', () => {
  it('of too many objects are refused', async () => {
    const bytes = await writeHdf5((file) => {
      file.create_group('one');
      for (let index = 0; index < 20_001; index += 1)
        file.create_hard_link('/one', `link-${index}`);
    });
    await expect(openHdf5(bytes, 'net.h5')).rejects.toMatchObject({
      code: 'hdf5-objects',
      owner: 'student',
    });
  });

  it('with weight names in parts, or under the numbers that TensorFlow gives, are read', async () => {
    const plain = await outcome(await writeLegacyH5({ config: CONFIG }));
    const inParts = await writeLegacyH5({
      config: CONFIG,
      weightNames: (_, names, group) => {
        for (const [index, name] of names.entries())
          group.create_attribute(`weight_names${index}`, [name]);
      },
    });
    expect(await outcome(inParts)).toBe(plain);
    const reversed = await writeLegacyH5({
      config: CONFIG,
      weightNames: (_, names, group) => group.create_attribute('weight_names', names.toReversed()),
    });
    expect(await outcome(reversed)).toBe(plain);
    const without = await writeLegacyH5({ config: CONFIG, weightNames: () => undefined });
    expect(await outcome(without)).toMatch(
      /^weights-do-not-fit: .*needs 2 arrays, but 0 are stored/u,
    );
    const elsewhere = await writeLegacyH5({
      config: CONFIG,
      weightNames: (_, names, group) =>
        group.create_attribute(
          'weight_names',
          names.map(() => '../output/output/kernel:0'),
        ),
    });
    expect(await outcome(elsewhere)).toMatch(/^weights-do-not-fit: /u);
  });
});
