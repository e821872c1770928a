import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpus } from './fuzz/corpus.ts';
import { fuzzedSubmission, grades } from './fuzz/fuzzed.ts';

/** The short round of `npm run fuzz`: the same submissions every time. */
const SEED = 20_261_126;
const ROUNDS = 250;

describe('a submission that was changed anywhere', () => {
  it('is graded or refused, and never our fault', async () => {
    const faults: string[] = [];
    for (let index = 0; index < ROUNDS; index += 1) {
      const { fault } = await grades(fuzzedSubmission(SEED, index));
      if (fault !== null) faults.push(`npm run fuzz -- --seed ${SEED} --case ${index}\n${fault}`);
    }
    expect(faults).toEqual([]);
  });

  it('is so with any bytes in the place of any of its files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus()),
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json({ maxDepth: 4 }).map((text) => new TextEncoder().encode(text)),
          fc
            .string({ unit: 'binary', maxLength: 200 })
            .map((text) => new TextEncoder().encode(`## Question 4\n\n${text}`)),
        ),
        async ({ files, changed }, bytes) => {
          const { fault } = await grades({ files: new Map(files).set(changed, bytes), changed });
          expect(fault).toBeNull();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the same for the same two numbers', () => {
    const one = fuzzedSubmission(1, 7);
    const two = fuzzedSubmission(1, 7);
    expect(two.files.get(two.changed)).toEqual(one.files.get(one.changed));
    expect(fuzzedSubmission(2, 7)).not.toEqual(one);
  });
});
