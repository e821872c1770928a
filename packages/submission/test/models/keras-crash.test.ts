// Runs alone: it takes the reader of HDF5 files past the crashes after which a process uses it no more.
import { describe, expect, it } from 'vitest';
import { hdf5Library, retireHdf5Library } from '../../src/models/hdf5/library.ts';
import { kerasFile, outcome } from './keras-reader.ts';

describe('a library that crashed', () => {
  it('is replaced by a new one, and at last it is our fault and not the file’s', async () => {
    const plain = kerasFile('hostile/plain.h5');
    const first = await outcome(plain);
    expect(first).toMatch(/^read /u);
    const instances = new Set([await hdf5Library()]);
    for (let crash = 1; crash <= 3; crash += 1) {
      retireHdf5Library();
      expect(await outcome(plain)).toBe(first);
      instances.add(await hdf5Library());
    }
    expect(instances.size).toBe(4);
    retireHdf5Library();
    await expect(outcome(plain)).rejects.toMatchObject({
      code: 'hdf5-library-crashed',
      owner: 'us',
    });
  });
});
