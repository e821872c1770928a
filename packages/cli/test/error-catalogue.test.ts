import { readFile } from 'node:fs/promises';
import { type CodeGroup, coreErrors } from '@labproof/core';
import { classErrors } from '@labproof/class';
import { graderErrors } from '@labproof/grader';
import { queueErrors } from '@labproof/queue';
import { reportErrors } from '@labproof/report';
import { submissionErrors } from '@labproof/submission';
import { exerciseErrors } from '@labproof/exercises';
import { labErrors } from '@labproof/lab';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliErrors } from '../src/errors.ts';
import { readSources } from '../scripts/error-codes/read-sources.ts';
import { type Scan, scanSources } from '../scripts/error-codes/scan.ts';

/** The sections of the page, and the owners that errors in them have in the sources. */
const OWNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["The student's", ['student']],
  ["The student's or the instructor's", ['student', 'instructor']],
  ["The instructor's", ['instructor']],
  ["Labproof's or the machine's", ['us']],
]);

const CATALOGUES: readonly { readonly groups: readonly CodeGroup[] }[] = [
  coreErrors,
  submissionErrors,
  graderErrors,
  classErrors,
  labErrors,
  exerciseErrors,
  reportErrors,
  queueErrors,
  cliErrors,
];

interface Entry {
  readonly code: string;
  readonly section: string;
  readonly area: string;
}

function entriesOf(page: string): Entry[] {
  return page.split('\n## ').flatMap((part) => {
    const [section = '', ...areas] = part.split('\n### ');
    return areas.flatMap((text) =>
      [...text.matchAll(/^\| `(\S+)` \| .+ \| .+ \|$/gmu)].map(([, code = '']) => ({
        code,
        section: section.trim(),
        area: text.split('\n')[0] ?? '',
      })),
    );
  });
}

describe('docs/errors.md', () => {
  let entries: Entry[];
  let scan: Scan;

  beforeAll(async () => {
    const page = await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    entries = entriesOf(page);
    scan = scanSources(await readSources());
  });

  it('can be held to the sources: every place that makes an error says its code', () => {
    expect(scan.unclear).toEqual([]);
  });

  it('has exactly the codes of the sources, each once', () => {
    const catalogued = CATALOGUES.flatMap(({ groups }) =>
      groups.flatMap(({ codes }) => Object.keys(codes)),
    );
    const made = [...new Set([...catalogued, ...scan.sites.map(({ code }) => code)])].toSorted();
    expect(entries.map(({ code }) => code).toSorted()).toEqual(made);
  });

  it('says whose each error is', () => {
    const wrong = scan.sites.filter(({ code, owner }) => {
      const section = entries.find((entry) => entry.code === code)?.section ?? '';
      return owner !== null && OWNERS.get(section)?.includes(owner) !== true;
    });
    expect(wrong).toEqual([]);
  });

  it('is sorted within each area', () => {
    for (const [section] of OWNERS) {
      for (const area of new Set(entries.map((entry) => entry.area))) {
        const codes = entries
          .filter((entry) => entry.section === section && entry.area === area)
          .map(({ code }) => code);
        expect(codes).toEqual(codes.toSorted());
      }
    }
  });

  it('has codes in kebab case alone', () => {
    expect(entries.filter(({ code }) => !/^[a-z0-9]+(-[a-z0-9]+)+$/u.test(code))).toEqual([]);
  });
});

describe('the scan for error codes', () => {
  const codesIn = (text: string): unknown[] =>
    scanSources(new Map([['a.ts', text]])).sites.map(({ code, owner }) => [code, owner]);

  it('reads an object, a condition and a constant', () => {
    expect(codesIn(`throw new E({ code: 'a-b', owner: 'us', message, fix: '' });`)).toEqual([
      ['a-b', 'us'],
    ]);
    expect(codesIn(`const C = 'c-d'; f({ code: full ? 'a-b' : C, message, fix });`)).toEqual([
      ['a-b', null],
      ['c-d', null],
    ]);
  });

  it('follows functions that are handed a code, or a part of one', () => {
    const text = `
      function outer(what: string) { return inner(\`x-\${what}\`, 1); }
      function inner(code: string, n: number) { return new E({ code, owner: 'student', fix: '' }); }
      outer('small'); inner('plain-code', 2);`;
    expect(codesIn(text).toSorted()).toEqual([
      ['plain-code', 'student'],
      ['x-small', 'student'],
    ]);
  });

  it('reads the literals of a parameter’s type', () => {
    const text = `function unknown(what: 'lab' | 'exercise') { return { code: \`\${what}-unknown\`, fix: '' }; }`;
    expect(codesIn(text)).toEqual([
      ['lab-unknown', null],
      ['exercise-unknown', null],
    ]);
  });

  it('names a place that it cannot read', () => {
    expect(scanSources(new Map([['a.ts', `f({ code: pick(), fix: '' });`]])).unclear).toEqual([
      'a.ts: CallExpression',
    ]);
  });
});
