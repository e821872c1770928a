import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KERAS_FILES, kerasFile, outcome, readBytes } from './keras-reader.ts';

const REFUSED: Readonly<Record<string, string>> = {
  circle: 'hdf5-depth',
  crowd: 'hdf5-depth',
  'dangling-soft-link': 'hdf5-link',
  'external-link': 'hdf5-link',
  'external-link-passwd': 'hdf5-link',
  'external-storage': 'hdf5-damaged',
  'external-storage-device': 'hdf5-damaged',
  'external-storage-random': 'hdf5-damaged',
  float16: 'hdf5-dtype',
  float64: 'hdf5-dtype',
  'named-type': 'hdf5-object',
  'shape-bomb': 'hdf5-size',
  'shape-bomb-chunked': 'hdf5-size',
  'shape-bomb-compressed': 'hdf5-size',
  'soft-link': 'hdf5-link',
  text: 'hdf5-dtype',
  transposed: 'weights-do-not-fit',
  units: 'weights-do-not-fit',
  'units-beyond-integers': 'model-unsupported-option',
  virtual: 'hdf5-virtual',
  'virtual-own': 'hdf5-virtual',
};
const READ = ['plain', 'compressed', 'big-endian', 'not-a-number'];

const hostile = (name: string): Uint8Array => kerasFile(`hostile/${name}.h5`);

describe('HDF5 files that no Keras writes', () => {
  it('are all listed here', () => {
    const files = readdirSync(`${KERAS_FILES}hostile`).map((name) => name.replace(/\.h5$/u, ''));
    expect(files.toSorted()).toEqual([...Object.keys(REFUSED), ...READ].toSorted());
  });

  it.each(Object.entries(REFUSED))('%s ends as %s', async (name, code) => {
    expect(await outcome(hostile(name))).toMatch(new RegExp(`^${code}: `, 'u'));
  });

  it('compressed and big-endian arrays are read like any other', async () => {
    const plain = await outcome(hostile('plain'));
    expect(plain).toMatch(/^read [0-9a-f]{64}$/u);
    expect(await outcome(hostile('compressed'))).toBe(plain);
    expect(await outcome(hostile('big-endian'))).toBe(plain);
  });

  it('weights that are not numbers are counted', async () => {
    const model = await readBytes(hostile('not-a-number'));
    expect(model).toMatchObject({ state: 'read', nonFinite: 24 });
  });
});
