import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../src/program/context.ts';
import { withSafeOutput } from '../src/program/safe-output.ts';
import { runInProcess } from './harness.ts';

function written(text: string, terminal: boolean, to: 'out' | 'err' = 'out'): string {
  const lines: string[] = [];
  const write = (part: string): void => void lines.push(part);
  const context = { out: write, err: write, colour: terminal, interactive: terminal };
  withSafeOutput(context as unknown as Context)[to](text);
  return lines.join('');
}

describe('what is written', () => {
  it.each([
    ['\u001B]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u009B2J', '\\u009b2J'],
    ['a\u202Etxt.exe', 'a\\u202etxt.exe'],
    ['x\u001B[2J', 'x\\u001b[2J'],
    ['back\u0008\u007F', 'back\\u0008\\u007f'],
    ['over\rwritten', 'over\\u000dwritten'],
    ['lines\r\nand\ttabs\n', 'lines\r\nand\ttabs\n'],
  ])('gives a terminal no orders: %j', (text, safe) => {
    expect(written(text, false)).toBe(safe);
    expect(written(text, true)).toBe(safe);
  });

  it('keeps the program’s own colours and bar, on a terminal only', () => {
    expect(written('\u001B[1mbold\u001B[0m', true)).toBe('\u001B[1mbold\u001B[0m');
    expect(written('\r\u001B[Kbar', true, 'err')).toBe('\r\u001B[Kbar');
    expect(written('\u001B[1mbold', false)).toBe('\\u001b[1mbold');
  });

  it('lets nobody else draw over a line, hide text or colour a message', () => {
    expect(written('note: x\r\u001B[Kall is well', true, 'err')).toBe(
      'note: x\\u000d\\u001b[Kall is well',
    );
    expect(written('note: \u001B[32mx', true, 'err')).toBe('note: \\u001b[32mx');
    expect(written('\u001B[8mhidden\u001B[30;40m', true)).toBe('\\u001b[8mhidden\\u001b[30;40m');
  });

  it('is the same data in JSON', () => {
    const value = { text: 'a\u0085\u202Eb' };
    expect(JSON.parse(written(JSON.stringify(value), false))).toEqual(value);
  });
});

describe('names of files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'labproof-orders-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reach no terminal as orders, in notes neither', async () => {
    for (const student of ['amy', 'bob']) {
      mkdirSync(join(folder, 'class', student), { recursive: true });
      writeFileSync(join(folder, 'class', student, 'answers.md'), '# Question 1\n\nx\n');
    }
    writeFileSync(join(folder, 'class', 'a\u001B[2J\u009B31m\u001B]0;x\u0007.bin'), '');
    const { out, err } = await runInProcess(
      [
        'grade',
        join(folder, 'class'),
        '--lab',
        'image-recognition',
        '--out',
        join(folder, 'out'),
        '--dry-run',
        '--jobs',
        '1',
      ],
      join(folder, 'cache'),
    );
    // oxlint-disable-next-line no-control-regex
    expect(out + err).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/u);
    expect(err).toContain('was passed over');
  });
});
