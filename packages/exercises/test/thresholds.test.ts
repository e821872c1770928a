import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { populationFiles } from '../scripts/thresholds/populations.ts';
import { withTables } from '../scripts/thresholds/tables.ts';
import { Labs } from '../src/index.ts';

describe('docs/thresholds.md', () => {
  it('shows the current bands and kept runs (else: npm run thresholds -w packages/exercises)', async () => {
    const page = await readFile(new URL('../../../docs/thresholds.md', import.meta.url), 'utf8');
    expect(page).toBe(withTables(page));
    for (const file of populationFiles()) {
      expect(page).toContain(`| \`${file.split('/').slice(1).join('/').replace('.json', '')}\` | `);
    }
  });
});

describe('the operating curve of every exercise', () => {
  const all = new Labs()
    .list()
    .flatMap(({ id, exercises }) => exercises.map((exercise) => ({ id, exercise })));

  it.each(all.map(({ id, exercise }) => [`${id}/${exercise.id}`, exercise] as const))(
    '%s falls from honest runs on, within its interval',
    (_, { bands }) => {
      const curve = bands?.operatingCurve ?? [];
      expect(curve.map(({ shiftSd }) => shiftSd)).toEqual([0, 1, 2, 3, 4, 5]);
      const shares = curve.map(({ pass }) => pass);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      for (const { pass, low, high, sure = 0, lost = 0 } of curve) {
        expect(low).toBeLessThanOrEqual(pass);
        expect(pass).toBeLessThanOrEqual(high);
        // What is given unread has passed.
        expect(sure).toBeLessThanOrEqual(pass);
        expect(sure + lost).toBeLessThanOrEqual(1);
      }
      // Where runs are alike, both promises are kept as far as the zone goes: skewed runs may miss the mark and be read.
      if (bands?.passing?.runs !== 'alike') return;
      expect(curve[0]?.high).toBeGreaterThan(0.995);
      expect(curve[0]?.pass).toBeGreaterThan(0.98);
      expect(curve[0]?.lost).toBeLessThan(0.005);
      expect(curve[4]?.sure).toBeLessThan(0.2);
    },
  );
});
