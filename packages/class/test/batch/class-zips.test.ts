import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { DEFAULT_LIMITS, type ReadingLimits } from '@labproof/submission';
import type { HandIn } from '../../src/hand-ins/hand-in.ts';
import { listSubmissions } from '../../src/hand-ins/list-submissions.ts';
import { openHandIn } from '../../src/hand-ins/open-hand-in.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

type Content = string | Buffer;

async function zipOf(files: Readonly<Record<string, Content>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function list(path: string): Promise<readonly HandIn[]> {
  return (await listSubmissions([folder.at(path)], folder.at('out'))).entries;
}

/** Every student with the files that are read of the hand-in. */
async function work(path: string): Promise<string[]> {
  const lines: string[] = [];
  for (const { student, rule, parts } of await list(path)) {
    const { files } = await openHandIn(parts, DEFAULT_LIMITS);
    const read = files.map((file) => `${file.path}=${Buffer.from(file.read()).toString()}`);
    lines.push(`${student} (${rule}): ${read.join(', ')}`);
  }
  return lines;
}

async function read(
  files: Readonly<Record<string, Content>>,
  limits: ReadingLimits = DEFAULT_LIMITS,
): Promise<{ files: string[]; leftOut: string[]; unwrapped: string | null }> {
  folder.place('hand-in.zip', await zipOf(files));
  const part = { path: folder.at('hand-in.zip'), file: 'hand-in.zip' };
  const opened = await openHandIn([part], limits);
  return {
    files: opened.files.map((file) => `${file.path}=${Buffer.from(file.read()).toString()}`),
    leftOut: opened.leftOut.map(({ path, why }) => `${path}: ${why}`),
    unwrapped: opened.unwrapped,
  };
}

describe('a class as one .zip', () => {
  it('is two students where each folder holds a report of another kind', async () => {
    folder.place('all.zip', await zipOf({ 'amy/lab1.pdf': 'a', 'bob/lab1.docx': 'b' }));
    expect(await work('all.zip')).toEqual(['amy (plain): lab1.pdf=a', 'bob (plain): lab1.docx=b']);
    folder.place('amy.zip', await zipOf({ 'report/lab1.pdf': 'a', 'results/run.html': 'b' }));
    expect(await work('amy.zip')).toEqual(['amy (plain): report/lab1.pdf=a, results/run.html=b']);
  });

  const MOODLE = 'Jane Doe_12345_assignsubmission_file_';

  it('Moodle’s “Download all submissions”, with the students’ own .zips in it', async () => {
    folder.place(
      'lab 1-7391.zip',
      await zipOf({
        [`${MOODLE}/answers.md`]: 'jane',
        'Émile V_777_assignsubmission_file_/lab.zip': await zipOf({ 'lab/answers.md': 'emile' }),
        'Jo Ann_42_assignsubmission_onlinetext_/onlinetext.html': '<p>jo',
        'Jo Ann_42_assignsubmission_file_/plots.zip': await zipOf({ 'q1.png': 'p' }),
      }),
    );
    expect(await work('lab 1-7391.zip')).toEqual([
      '12345 (moodle): answers.md=jane',
      '42 (moodle): onlinetext.html=<p>jo, plots/q1.png=p',
      '777 (moodle): answers.md=emile',
    ]);
  });

  it('Moodle’s loose files, and a stray one beside them', async () => {
    folder.place(
      'all.zip',
      await zipOf({
        'Jane Doe_1_assignsubmission_file_answers.md': 'a',
        'Jane Doe_1_assignsubmission_file_q3.png': 'b',
        'Bo_2_assignsubmission_file_answers.md': 'c',
        'grades.csv': 'x',
      }),
    );
    expect(await work('all.zip')).toEqual([
      '1 (moodle): answers.md=a, q3.png=b',
      '2 (moodle): answers.md=c',
    ]);
    const { passedOver } = await listSubmissions([folder.at('all.zip')], folder.at('out'));
    expect(passedOver.map(({ path }) => path)).toEqual([`${folder.at('all.zip')}/grades.csv`]);
  });

  it('Canvas’s submissions.zip, by itself or alone in a folder', async () => {
    const content = await zipOf({
      'doejane_12345_67890_answers.md': 'a',
      'doejane_12345_67891_models.zip': await zipOf({ 'x.keras': 'k' }),
      'roebob_LATE_12346_67892_work.zip': await zipOf({ 'work/answers.md': 'b' }),
    });
    folder.place('submissions.zip', content);
    folder.place('downloads/submissions.zip', content);
    const right = ['12345 (canvas): answers.md=a, x.keras=k', '12346 (canvas): answers.md=b'];
    expect(await work('submissions.zip')).toEqual(right);
    expect(await work('downloads')).toEqual(right);
    expect((await list('submissions.zip')).map(({ markedLate }) => markedLate)).toEqual([
      false,
      true,
    ]);
  });

  it('Gradescope’s export in its folder, as a .zip or unpacked', async () => {
    const files = {
      'assignment_9_export/submission_metadata.yml': [
        'submission_1:',
        '  :submitters:',
        '  - { :name: Jane Doe, :sid: "007" }',
        'submission_2:',
        '  :submitters:',
        '  - { :name: Bo Li, :sid: "008" }',
      ].join('\n'),
      'assignment_9_export/submission_1/answers.md': 'a',
      'assignment_9_export/submission_2/answers.md': 'b',
    };
    folder.place('export.zip', await zipOf(files));
    for (const [path, content] of Object.entries(files)) folder.place(`unpacked/${path}`, content);
    const right = ['007 (gradescope): answers.md=a', '008 (gradescope): answers.md=b'];
    expect(await work('export.zip')).toEqual(right);
    expect(await work('unpacked')).toEqual(right);
  });

  it('GitHub Classroom’s folder, in a .zip or as the .zip', async () => {
    const repositories = { 'lab-3-octo/answers.md': 'a', 'lab-3-hubot/answers.md': 'b' };
    folder.place('lab-3-submissions.zip', await zipOf(repositories));
    folder.place(
      'download.zip',
      await zipOf(
        Object.fromEntries(
          Object.entries(repositories).map(([path, text]) => [`lab-3-submissions/${path}`, text]),
        ),
      ),
    );
    const right = [
      'hubot (github-classroom): answers.md=b',
      'octo (github-classroom): answers.md=a',
    ];
    expect(await work('lab-3-submissions.zip')).toEqual(right);
    expect(await work('download.zip')).toEqual(right);
  });

  it('a folder or .zip a student, with the dust of macOS', async () => {
    folder.place(
      'class.zip',
      await zipOf({
        'class/amy/answers.md': 'a',
        'class/bob/lab/answers.md': 'b',
        'class/cy.zip': await zipOf({ 'answers.md': 'c' }),
        'class/.DS_Store': '',
        '__MACOSX/class/._amy': '',
      }),
    );
    expect(await work('class.zip')).toEqual([
      'amy (plain): answers.md=a',
      'bob (plain): answers.md=b',
      'cy (plain): answers.md=c',
    ]);
  });

  it.each([
    ['answers with models', { 'lab/answers.md': '1', 'lab/models/x.keras': '2' }],
    ['parts in folders', { 'part 1/a.ipynb': '1', 'part 2/b.ipynb': '2' }],
    ['numbered folders', { '1/a.ipynb': '1', '2/b.ipynb': '2' }],
    ['a .zip beside answers', { 'answers.md': '1', 'models.zip': 'x', 'more.zip': 'y' }],
    ['folders of a submission', { 'code/a.ipynb': '1', 'notebooks/b.ipynb': '2' }],
  ])('is one student’s with %s', async (_, files) => {
    folder.place('amy.zip', await zipOf(files));
    expect((await list('amy.zip')).map(({ student }) => student)).toEqual(['amy']);
  });

  it('asks whose the notebooks in a .zip are', async () => {
    folder.place('all.zip', await zipOf({ 'amy.ipynb': '', 'bob.ipynb': '' }));
    expect((await problemOf(() => list('all.zip'))).code).toBe('one-or-many');
    folder.place('amy.zip', await zipOf({ 'lab.ipynb': '', 'lab.md': '' }));
    expect((await list('amy.zip')).map(({ student }) => student)).toEqual(['amy']);
  });

  it('does not take a student’s folder apart that is alone in the class', async () => {
    folder.place('class/amy/linear/answers.md', 'x');
    folder.place('class/amy/deep/answers.md', 'y');
    folder.place('zips/amy.zip', await zipOf({ 'linear/a.md': '', 'deep/b.md': '' }));
    expect((await list('class')).map(({ student }) => student)).toEqual(['amy']);
    expect((await list('zips')).map(({ student }) => student)).toEqual(['amy']);
  });
});

describe('a .zip in a .zip', () => {
  it('is opened where it lies, however often they are packed', async () => {
    const deep = await zipOf({
      'lab/models/x.keras': 'k',
      'lab/models.zip': await zipOf({ y: 'y' }),
    });
    expect(await read({ 'outer/inner.zip': deep })).toEqual({
      files: ['models.zip/y=y', 'models/x.keras=k'],
      leftOut: [],
      unwrapped: 'outer/inner/lab',
    });
    expect(
      (await read({ 'answers.md': 'a', 'models.zip': await zipOf({ 'x.keras': 'k' }) })).files,
    ).toEqual(['answers.md=a', 'models/x.keras=k']);
  });

  it('is opened beside the files of a folder, too', async () => {
    folder.place('amy/answers.md', 'a');
    folder.place('amy/histories.zip', await zipOf({ 'x.csv': 'h' }));
    expect(await work('amy')).toEqual(['amy (plain): answers.md=a, histories/x.csv=h']);
  });

  it('is the model where it is a renamed .keras', async () => {
    const members = { 'config.json': '{}', 'metadata.json': '{}', 'model.weights.h5': '' };
    const keras = await zipOf(members);
    const { files } = await read({ 'answers.md': '', 'models/x.keras.zip': keras, 'y.zip': keras });
    expect(files.map((file) => file.slice(0, file.indexOf('=')))).toEqual([
      'answers.md',
      'models/x.keras',
      'y.keras',
    ]);
  });

  it('is left out by name where it cannot be read, and the rest is graded', async () => {
    const { files, leftOut } = await read({ 'answers.md': 'a', 'work.zip': 'no zip', 'e.zip': '' });
    expect(files).toEqual(['answers.md=a']);
    expect(leftOut).toHaveLength(2);
    expect(leftOut[1]).toMatch(/^work\.zip: it could not be opened: The \.zip cannot be read/u);
  });

  it('ends at the levels that are opened, with a code', async () => {
    let content = await zipOf({ 'answers.md': 'x' });
    for (let level = 0; level < 3; level += 1) content = await zipOf({ 'more.zip': content });
    expect(
      await read({ 'more.zip': content.subarray(0) }).catch((error: unknown) => error),
    ).toMatchObject({
      code: 'zip-nested',
      owner: 'student',
    });
    expect(
      (await read({ 'a.zip': await zipOf({ 'b.zip': await zipOf({ c: 'c' }) }) })).files,
    ).toEqual(['c=c']);
  });

  it('counts files and bytes over all levels together', async () => {
    const limits = (files: number, totalBytes: number): ReadingLimits => ({
      ...DEFAULT_LIMITS,
      submission: { ...DEFAULT_LIMITS.submission, files, totalBytes },
    });
    const part = await zipOf({ a: 'x'.repeat(600), b: 'x'.repeat(600) });
    const files = { 'one.zip': part, 'two.zip': part, 'three.zip': part };
    await expect(read(files, limits(8, 1e6))).rejects.toMatchObject({
      code: 'submission-too-large',
    });
    await expect(read(files, limits(2000, 3000))).rejects.toMatchObject({
      code: 'submission-too-large',
    });
    expect((await read(files, limits(9, 1e6))).files).toHaveLength(6);
  });
});
