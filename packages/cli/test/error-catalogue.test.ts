import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { cataloguedCodes } from '../scripts/error-codes/catalogues.ts';
import { readSources } from '../scripts/error-codes/read-sources.ts';

/** The sections of the page, and the owners that errors in them have in the catalogues. */
const OWNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["The student's", ['student']],
  ["The student's or the instructor's", ['instructor', 'student']],
  ["The instructor's", ['instructor']],
  ["Labproof's or the machine's", ['us']],
]);

interface Entry {
  readonly code: string;
  readonly owners: readonly string[];
  readonly area: string;
  readonly means: string;
  readonly fix: string;
}

function entriesOf(page: string): Entry[] {
  return page.split('\n## ').flatMap((part) => {
    const [section = '', ...areas] = part.split('\n### ');
    return areas.flatMap((text) =>
      [...text.matchAll(/^\| `(\S+)` \| (.+) \| (.+) \|$/gmu)].map(
        ([, code = '', means = '', fix = '']) => ({
          code,
          owners: OWNERS.get(section.trim()) ?? [],
          area: text.split('\n')[0] ?? '',
          means,
          fix,
        }),
      ),
    );
  });
}

const catalogued = cataloguedCodes();
const byCode = (a: Entry, b: Entry): number => (a.code < b.code ? -1 : Number(a.code > b.code));

describe('docs/errors.md', () => {
  let entries: Entry[];

  beforeAll(async () => {
    const page = await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    entries = entriesOf(page);
  });

  it('says of every code of the catalogues what they say, and has no other', () => {
    const told = catalogued.map(({ code, owners, area, means, fix }) => ({
      code,
      owners,
      area,
      means,
      fix,
    }));
    expect(entries.toSorted(byCode)).toEqual(told);
  });

  it('is sorted within each area', () => {
    const areaOf = ({ owners, area }: Entry): string => `${owners.join()} ${area}`;
    for (const area of new Set(entries.map(areaOf))) {
      const codes = entries.filter((entry) => areaOf(entry) === area);
      expect(codes).toEqual(codes.toSorted(byCode));
    }
  });
});

describe('the catalogues', () => {
  it('have every code once, in kebab case', () => {
    const codes = catalogued.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
    expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)+$/u.test(code))).toEqual([]);
  });

  it('are where all errors come from: nothing else gives one a code', async () => {
    const written = [...(await readSources())].flatMap(([file, text]) =>
      [...text.matchAll(/new LabproofError\(\{\s*code\b/gu)].map(() => file),
    );
    expect(written).toEqual([]);
  });
});
