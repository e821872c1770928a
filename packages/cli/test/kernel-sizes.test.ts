import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizesTable, withSizes } from '../scripts/kernel-sizes/table.ts';

describe('the sizes of packages of prebuilt kernels', () => {
  const table = sizesTable([
    { name: '@labproof/kernels-a', download: 110_400, installed: 281_728 },
    { name: '@labproof/kernels-b', download: 307_100, installed: 705_600 },
  ]);

  it('are a row each and their sum, in kB', () => {
    expect(table.split('\n').slice(2)).toEqual([
      '| `@labproof/kernels-a` | 110 | 282 |',
      '| `@labproof/kernels-b` | 307 | 706 |',
      '| all, as `labproof-VERSION.tgz` holds them | 418 | 987 |',
    ]);
  });

  it('stand between their marks in docs/engines.md, for all eight systems', () => {
    const page = readFileSync(new URL('../../../docs/engines.md', import.meta.url), 'utf8');
    const rows = page.match(/^\| `@labproof\/kernels-[\w-]+` \|/gmu);
    expect(rows).toHaveLength(8);
    const other = withSizes(page, table);
    expect(other).toContain(table);
    expect(other).not.toContain('`@labproof/kernels-win32-x64` |');
    expect(withSizes(other, table)).toBe(other);
    expect(() => withSizes('no marks', table)).toThrow('the page has no');
  });
});
