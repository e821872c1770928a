import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StagedFiles } from '../../src/files/staged-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-staged-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const content = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('staged files', () => {
  it('appear at commit, and not before', () => {
    writeFileSync(join(folder, 'long.txt'), 'old');
    const staged = new StagedFiles(folder);
    const long = staged.begin('long.txt');
    long.write('ä');
    staged.add('sub/short.txt', 'short');
    long.write('b');
    long.end();
    expect(content('long.txt')).toBe('old');
    expect(readdirSync(join(folder, 'sub'))).toEqual(['short.txt.part']);
    staged.commit();
    staged.discard();
    expect(content('long.txt')).toBe('äb');
    expect(content('sub/short.txt')).toBe('short');
    expect(readdirSync(folder)).toEqual(['long.txt', 'sub']);
  });

  it('leave nothing where they are discarded, ended or not', () => {
    const staged = new StagedFiles(folder);
    staged.begin('open.txt').write('x');
    const ended = staged.begin('ended.txt');
    ended.end();
    staged.add('whole.txt', 'y');
    staged.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('take their places in the order in which they were finished', () => {
    const staged = new StagedFiles(folder);
    const last = staged.begin('last.txt');
    staged.add('first.txt', '1');
    last.write('2');
    last.end();
    // A folder stands in the way of the file that comes last: what was finished before it is in place by then.
    mkdirSync(join(folder, 'last.txt'));
    expect(() => staged.commit()).toThrow(/cannot be written/u);
    expect(content('first.txt')).toBe('1');
  });
});
