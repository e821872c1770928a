import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { resultsTable, withResults } from '../scripts/readme/results-table.ts';
import { Labs } from '../src/index.ts';

const labs = new Labs();

describe('the READMEs of the labs', () => {
  it.each(labs.list().map((lab) => [lab.id, lab] as const))(
    '%s shows the current bands (else: npm run readme -w packages/exercises)',
    async (id, lab) => {
      const file = new URL(`../labs/${id}/README.md`, import.meta.url);
      const readme = await readFile(file, 'utf8');
      expect(readme).toBe(withResults(readme, lab));
      for (const { id } of lab.exercises) expect(readme).toContain(`| \`${id}\` | `);
    },
  );

  it('have a row for each exercise, with the published numbers', () => {
    const lab = labs.find('image-recognition');
    const rows = resultsTable(lab).split('\n');
    expect(rows).toHaveLength(7);
    expect(rows[2]).toContain('| `mnist-mlp-linear` | 203,530 | 0.2844 / 0.9232 |');
    expect(rows[3]).toContain('| `mnist-mlp-relu` | 203,530 | 0.0841 / 0.9763 |');
    expect(rows[4]).toContain('| `mnist-cnn` | 1,199,882 | – / – |');
  });

  it('say what is outside the measured range and what is not measured', () => {
    const lab = structuredClone(labs.find('image-recognition'));
    const [linear, relu] = lab.exercises;
    if (linear?.published == null || relu === undefined) throw new Error('two were expected');
    linear.published.accuracy = 0.99;
    relu.bands = null;
    const rows = resultsTable(lab).split('\n');
    expect(rows[2]).toContain('| no | ');
    expect(rows[3]).toContain('| 0 | – | – | – | – | – | not measured yet |');
  });

  it('are refused when their markers are gone', () => {
    const lab = labs.find('image-recognition');
    expect(() => withResults('# A README\n', lab)).toThrow(/has no/);
  });
});
