import { ENTRIES, SHARED_KERNELS } from '../src/engines/cuda/entries.ts';
import { SIGNATURES } from '../src/engines/signatures.ts';

/** A kernel for a GPU around each shared loop: it finds its trial's arrays, then takes part in the loop. */
export function sharedKernelsHeader() {
  const lines = ['/* Generated from src/engines/cuda/entries.ts and src/engines/signatures.ts. */'];
  for (const name of SHARED_KERNELS) {
    const types = SIGNATURES[name];
    const parameters = types.map((type, index) => `${type} a${index}`).join(', ');
    const values = types.map((type, index) =>
      type.endsWith('*') ? `own(arena, a${index})` : `a${index}`,
    );
    lines.push(
      `GLOBAL(${name})(struct arena arena, ${parameters}) {`,
      `  KERNEL(${name})(${values.join(', ')});`,
      '}',
    );
  }
  return [...lines, ''].join('\n');
}

/** A line for every kernel, by which the stand-in of the driver finds it. */
export function entriesHeader() {
  return [...ENTRIES.keys()].map((name) => `ENTRY(labproof_${name})`).join('\n');
}
