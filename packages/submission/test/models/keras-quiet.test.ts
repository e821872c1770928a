// Runs alone: no other test may have loaded the library before.
import { expect, it, vi } from 'vitest';
import { kerasFile, outcome } from './keras-reader.ts';

it('prints nothing of what libhdf5 has to say about a file', async () => {
  // Before the library is loaded, because it binds the console's functions when it is.
  const spies = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log')];
  expect(await outcome(kerasFile('hostile/external-storage.h5'))).toMatch(/^hdf5-damaged: /u);
  expect(await outcome(kerasFile('hostile/plain.h5').slice(0, 3000))).toMatch(/^hdf5-damaged: /u);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});
