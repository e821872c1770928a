import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';
import { kerasFile, outcome, readBytes } from './keras-reader.ts';
import { membersOf, utf8, values, writeArchive, writeHdf5 } from './keras-writer.ts';

const SOURCE = 'keras-3.15.1/dropout.keras';
const NAME = 'net.keras';

describe('.keras archives', () => {
  let members: Record<string, Uint8Array>;
  let digest: string;

  beforeAll(async () => {
    members = await membersOf(SOURCE);
    digest = await outcome(kerasFile(SOURCE), NAME);
    expect(digest).toMatch(/^read /u);
  });

  it('are read compressed too, and whatever else lies in them', async () => {
    const more = { ...members, 'assets/words.txt': utf8('one'), '.DS_Store': utf8('x') };
    expect(await outcome(await writeArchive(more, true), NAME)).toBe(digest);
  });

  it('are told by their content, whatever they are called', async () => {
    const model = await readBytes(kerasFile(SOURCE), 'net.h5');
    expect(model).toMatchObject({ state: 'read', format: 'keras-v3' });
    const legacy = await readBytes(kerasFile('keras-2.12.0/convolution-hdf5.keras'), NAME);
    expect(legacy).toMatchObject({ state: 'read', format: 'keras-h5' });
  });

  it('have groups with \\ in their names when Keras 2.15 wrote them on Windows', async () => {
    const weights = await writeHdf5((file) => {
      for (const [name, shapes] of [
        ['dense', [[6, 4], [4]]],
        ['dense_1', [[4, 3], [3]]],
      ] as const) {
        const group = file.create_group(`layers\\${name}`).create_group('vars');
        for (const [index, shape] of shapes.entries()) {
          group.create_dataset({ name: String(index), data: values(shape), shape: [...shape] });
        }
      }
    });
    const dense = (name: string, units: number): unknown => ({
      class_name: 'Dense',
      config: { name, units },
    });
    const config = {
      class_name: 'Sequential',
      // The layers' own names say nothing about their groups.
      config: {
        name: 'net',
        layers: [dense('dense_7', 4), dense('dense', 3)],
        build_input_shape: [null, 6],
      },
    };
    const model = await readBytes(
      await writeArchive({
        ...members,
        'config.json': utf8(JSON.stringify(config)),
        'model.weights.h5': weights,
      }),
      NAME,
    );
    expect(model).toMatchObject({
      state: 'read',
      weights: [values([6, 4]), values([4]), values([4, 3]), values([3])],
    });
  });

  it.each(['config.json', 'metadata.json', 'model.weights.h5'])(
    'without %s are refused',
    async (name) => {
      const { [name]: _, ...rest } = members;
      expect(await outcome(await writeArchive(rest), NAME)).toMatch(
        new RegExp(`^keras-archive-incomplete: .*${name}`, 'u'),
      );
    },
  );

  it('are refused with a member twice', async () => {
    const archive = await writeArchive({ ...members, 'c0nfig.json': utf8('{}') });
    const bytes = Buffer.from(
      Buffer.from(archive).toString('latin1').replaceAll('c0nfig.json', 'config.json'),
      'latin1',
    );
    expect(await outcome(new Uint8Array(bytes), NAME)).toMatch(/^keras-archive-ambiguous: /u);
  });

  it.each(['../evil.json', '/etc/cron.d/evil', 'a/../../evil'])(
    'that name %s are refused',
    async (path) => {
      const placeholder = 'x'.repeat(path.length);
      const archive = await writeArchive({ ...members, [placeholder]: utf8('{}') });
      const bytes = Buffer.from(
        Buffer.from(archive).toString('latin1').replaceAll(placeholder, path),
        'latin1',
      );
      expect(await outcome(new Uint8Array(bytes), NAME)).toMatch(/^keras-archive-damaged: /u);
    },
  );

  it('that unfold to more than is ever needed are refused before they are unfolded', async () => {
    const bomb = await writeArchive(
      { ...members, 'model.weights.h5': new Uint8Array(129 * 2 ** 20) },
      true,
    );
    expect(bomb.length).toBeLessThan(2 ** 20);
    expect(await outcome(bomb, NAME)).toMatch(/^keras-archive-size: /u);
    const json = await writeArchive(
      { ...members, 'config.json': new Uint8Array(9 * 2 ** 20) },
      true,
    );
    expect(await outcome(json, NAME)).toMatch(/^keras-archive-size: /u);
  });

  it('are read by the limits that they are given', async () => {
    const read = (limits: Partial<typeof MODEL_LIMITS>): Promise<string> =>
      outcome(kerasFile(SOURCE), NAME, { ...MODEL_LIMITS, ...limits });
    expect(await read({ topologyBytes: 100 })).toMatch(/^keras-archive-size: .*at most 100 /u);
    expect(await read({ layers: 1 })).toMatch(/^model-layer-count: .*between 1 and 1 are read/u);
    const padded = { ...members, 'config.json': utf8(`${' '.repeat(9 * 2 ** 20)}{}`) };
    const large = await writeArchive(padded, true);
    expect(await outcome(large, NAME, { ...MODEL_LIMITS, topologyBytes: 2 ** 24 })).not.toMatch(
      /^keras-archive-size/u,
    );
  });

  it('that lie about their sizes are refused', async () => {
    const large = utf8(`{"a": "${'b'.repeat(100_000)}"}`);
    const bytes = await writeArchive({ ...members, 'config.json': large }, true);
    for (const size of [10, 99_000, 200_000]) {
      expect(await outcome(withDeclaredSize(bytes, large.length, size), NAME)).toMatch(
        /^keras-archive-damaged: /u,
      );
    }
  });

  it('whose content was changed are refused', async () => {
    const bytes = await writeArchive(members);
    const at = Buffer.from(bytes).indexOf('sparse_categorical_crossentropy');
    bytes[at] = 0x53;
    expect(await outcome(bytes, NAME)).toMatch(/^keras-archive-damaged: .*checksum/u);
  });

  it('with links in their HDF5 are refused', async () => {
    for (const link of ['soft', 'external'] as const) {
      const weights = await writeHdf5((file) => {
        const vars = file.create_group('layers').create_group('dense').create_group('vars');
        if (link === 'soft') vars.create_soft_link('/elsewhere', '0');
        else vars.create_external_link('/etc/passwd', '/', '0');
      });
      const bytes = await writeArchive({ ...members, 'model.weights.h5': weights });
      expect(await outcome(bytes, NAME)).toMatch(/^hdf5-link: /u);
    }
  });

  it('with broken JSON are refused', async () => {
    for (const config of ['{', 'null', '[]', '{"class_name": 1}', '"text"']) {
      const bytes = await writeArchive({ ...members, 'config.json': utf8(config) });
      expect(await outcome(bytes, NAME)).toMatch(/^(json-malformed|model-topology): /u);
    }
  });
});

/** Changes an entry's uncompressed size wherever the archive says it. */
function withDeclaredSize(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const buffer = Buffer.from(bytes);
  const needle = Buffer.alloc(4);
  needle.writeUInt32LE(from);
  for (let at = buffer.indexOf(needle); at >= 0; at = buffer.indexOf(needle, at + 4)) {
    buffer.writeUInt32LE(to, at);
  }
  return new Uint8Array(buffer);
}
