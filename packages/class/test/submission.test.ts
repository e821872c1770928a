import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabproofError } from '@labproof/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { identify } from '../../submission/src/files/identify.ts';
import { openSubmission } from '../src/hand-ins/open-submission.ts';
import {
  type SubmissionFiles,
  filesInMemory,
} from '../../submission/src/files/submission-files.ts';
import { kinds } from '../../submission/test/support/kinds.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { text } from '../../submission/test/support/models.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-submission-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function place(path: string, content: string | Uint8Array = 'x'): string {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, content);
  return full;
}

async function zipBytes(entries: readonly [string, string][], mode = 0o100644): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of entries) zip.addBuffer(Buffer.from(content), path, { mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Gives every occurrence of a name in an archive another one of the same length. */
function renameInZip(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

const paths = (files: SubmissionFiles): string[] => files.files.map(({ path }) => path);

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('folders', () => {
  it('lists files in code-unit order and leaves clutter and links out with a reason', async () => {
    place('work/b.md', 'b');
    place('work/a/B.png', 'B');
    place('work/.DS_Store');
    place('work/__MACOSX/a.md');
    place('secret.txt', 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'work', 'answers.md'));
    symlinkSync('/', join(folder, 'work', 'root'));
    const files = await openSubmission(join(folder, 'work'));
    expect(paths(files)).toEqual(['a/B.png', 'b.md']);
    expect(new TextDecoder().decode(files.files[0]?.read())).toBe('B');
    expect(files.leftOut.map(({ path }) => path)).toEqual([
      '.DS_Store',
      '__MACOSX/',
      'answers.md',
      'root',
    ]);
    expect(files.leftOut[2]?.why).toContain('link');
  });

  it('does not follow a file that becomes a link after it was listed', async () => {
    const path = place('work/answers.md', 'mine');
    place('secret', 'mine');
    const files = await openSubmission(join(folder, 'work'));
    rmSync(path);
    symlinkSync(join(folder, 'secret'), path);
    expect(() => files.files[0]?.read()).toThrow(LabproofError);
  });

  it('takes a wrapping folder off, unless its name says something', async () => {
    place('one/jo-lab/answers.md');
    place('one/jo-lab/plots/a.png');
    expect(await openSubmission(join(folder, 'one'))).toMatchObject({ unwrapped: 'jo-lab' });
    place('two/models/squares-relu/model.json');
    expect(paths(await openSubmission(join(folder, 'two')))).toEqual([
      'models/squares-relu/model.json',
    ]);
    place('three/squares-relu/model.json');
    expect(paths(await openSubmission(join(folder, 'three')))).toEqual(['squares-relu/model.json']);
  });

  it('refuses a link, a missing path and a file that is no zip', async () => {
    place('work/a.md');
    symlinkSync(join(folder, 'work'), join(folder, 'link'));
    for (const path of [join(folder, 'link'), join(folder, 'nowhere'), place('a.rar')]) {
      expect(await codeOf(openSubmission(path))).toBe('submission-unreadable');
    }
  });

  it('refuses more files than it would ever read', async () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index <= 2000; index += 1) place(`many/${index}`, '');
    expect(await codeOf(openSubmission(join(folder, 'many')))).toBe('submission-too-large');
  });
});

describe('zip files', () => {
  it('reads what is in them, without the wrapping folder', async () => {
    const zip = place(
      'a.zip',
      await zipBytes([
        ['jo/answers.md', 'hello'],
        ['jo/models/x/model.json', '{}'],
        ['__MACOSX/._x', ''],
      ]),
    );
    const files = await openSubmission(zip);
    expect(paths(files)).toEqual(['answers.md', 'models/x/model.json']);
    expect(new TextDecoder().decode(files.files[0]?.read())).toBe('hello');
  });

  it.each([
    ['leaves the archive', 'aa/aa/evil.txt', '../../evil.txt'],
    ['is absolute', 'aaaa/evil', '/etc/evil'],
    ['is absolute on Windows', 'aaa/evil', 'C:/\\evil'],
  ])('refuses a name that %s', async (_, from, to) => {
    const bytes = renameInZip(await zipBytes([[from, 'x']]), from, to);
    expect(await codeOf(openSubmission(place('a.zip', bytes)))).toBe('zip-unreadable');
  });

  it('leaves links out', async () => {
    const bytes = await zipBytes([['answers.md', '/etc/passwd']], 0o120777);
    const files = await openSubmission(place('a.zip', bytes));
    expect(files.files).toEqual([]);
    expect(files.leftOut[0]?.why).toContain('link');
  });

  it('refuses an archive that lies about a size', async () => {
    const bytes = await zipBytes([['answers.md', 'a'.repeat(100_000)]]);
    const header = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(10, header + 24);
    expect(await codeOf(openSubmission(place('a.zip', bytes)))).toBe('zip-unreadable');
  });

  it('unfolds nothing of an archive whose honest sizes are past the limits', async () => {
    const mebibytes = (count: number): string => 'a'.repeat(count * 2 ** 20);
    const many = await zipBytes([1, 2, 3].map((part) => [`part-${part}.txt`, mebibytes(90)]));
    expect(many.length).toBeLessThan(2 ** 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(await codeOf(openSubmission(place('a.zip', many)))).toBe('submission-too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
    const large = await zipBytes([
      ['answers.md', 'hello'],
      ['data.csv', mebibytes(129)],
    ]);
    const files = await openSubmission(place('b.zip', large));
    expect(paths(files)).toEqual(['answers.md']);
    expect(files.leftOut[0]?.why).toBe('it is larger than 128 MiB');
  });

  it('refuses an archive that promises more than it holds', async () => {
    const bytes = await zipBytes([
      ['a.md', 'a'],
      ['b.md', 'a'],
    ]);
    let header = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    while (header >= 0) {
      bytes.writeUInt32LE(120 * 2 ** 20, header + 24);
      header = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), header + 1);
    }
    expect(await codeOf(openSubmission(place('a.zip', bytes)))).toBe('zip-unreadable');
  });

  it('refuses damaged, cut and empty archives', async () => {
    const bytes = await zipBytes([['answers.md', 'hello hello hello']]);
    expect(await codeOf(openSubmission(place('cut.zip', bytes.subarray(0, 40))))).toBe(
      'zip-unreadable',
    );
    expect(await codeOf(openSubmission(place('empty.zip', '')))).toBe('zip-unreadable');
    const damaged = await zipBytes([['answers.md', 'hello hello hello']]);
    damaged.writeUInt32LE(1, damaged.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16);
    expect(await codeOf(openSubmission(place('crc.zip', damaged)))).toBe('zip-unreadable');
  });

  it('refuses a password', async () => {
    const bytes = await zipBytes([['answers.md', 'x']]);
    const header = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt16LE(bytes.readUInt16LE(header + 8) | 1, header + 8);
    expect(await codeOf(openSubmission(place('a.zip', bytes)))).toBe('zip-encrypted');
  });
});

const found = (content: Record<string, string>): ReturnType<typeof identify> =>
  identify(
    filesInMemory(new Map(Object.entries(content).map(([path, value]) => [path, text(value)]))),
    lab,
    kinds,
  );

const roles = (content: Record<string, string>): string[] =>
  found(content).found.map(({ path, role, matched }) => [path, role, ...matched].join(' '));

describe('identify', () => {
  it('tells files by their names', () => {
    expect(
      roles({
        'answers.md': '',
        'README.md': '',
        'models/squares-relu/model.json': '{}',
        'models/squares-relu/weights.bin': '',
        'models/Squares_Linear/model.json': '{}',
        'models/Squares_Linear/history.csv': '',
        'histories/squares-relu.json': '{}',
        'plots/q3-history.png': '',
        'plots/other.png': '',
        'notes.xyz': '',
      }),
    ).toEqual([
      'README.md ignored',
      'answers.md answers',
      'histories/squares-relu.json history squares-relu',
      'models/Squares_Linear/history.csv history squares-linear',
      'models/Squares_Linear/model.json model squares-linear',
      'models/squares-relu/model.json model squares-relu',
      'models/squares-relu/weights.bin weights squares-relu',
      'notes.xyz ignored',
      'plots/other.png image',
      'plots/q3-history.png image q3',
    ]);
  });

  it('follows submission.json', () => {
    const { answers, models, declaration } = found({
      'submission.json': JSON.stringify({
        student: 'jo',
        answers: './text/lab.md',
        models: { 'squares-relu': 'nets\\two' },
        scale: { 'squares-relu': 'raw' },
      }),
      'text/lab.md': '',
      'other.md': '',
      'nets/two/model.json': '{}',
    });
    expect(answers.map(({ path }) => path)).toEqual(['text/lab.md']);
    expect(models.map(({ path, exercise }) => [path, exercise])).toEqual([
      ['nets/two/model.json', 'squares-relu'],
    ]);
    expect(declaration?.scale).toEqual({ 'squares-relu': 'raw' });
  });

  it('goes on without a submission.json that is wrong, and says why', () => {
    const { declaration, declarationRefused, answers } = found({
      'submission.json': '{"models": 5}',
      'answers.md': '',
    });
    expect(declaration).toBeNull();
    expect(declarationRefused?.code).toBe('declaration-invalid');
    expect(answers).toHaveLength(1);
  });

  it('names declared files that are not there, also outside of the submission', () => {
    const { models } = found({
      'submission.json': JSON.stringify({
        student: 'jo',
        models: { 'squares-relu': '../../etc/passwd' },
      }),
      'answers.md': '',
    });
    expect(models[0]?.refused?.code).toBe('declared-file-missing');
  });

  it('names formats that are not read instead of overlooking them', () => {
    const { answers } = found({ 'answers.odt': '' });
    expect(answers[0]?.refused?.code).toBe('answers-format');
  });
});
