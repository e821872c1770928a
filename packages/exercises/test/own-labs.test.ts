import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabproofError } from '@labproof/core';
import { studentEdition } from '@labproof/lab';
import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { Labs } from '../src/index.ts';
import { checkKinds } from '../../grader/src/checks/registry.ts';

const IDS = [
  'deep-networks-and-convolution',
  'image-recognition',
  'keras-cnn-workbook',
  'keras-tutorial',
];

let work: string;
let labs: Labs;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-own-labs-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));
beforeEach(() => {
  labs = new Labs(checkKinds);
});

/** A copy of one of Labproof's labs under another name. */
async function copied(id: string, name: string): Promise<string> {
  const folder = join(work, name);
  await cp(labs.folderOf(id), folder, { recursive: true });
  return folder;
}

function errorOf(work: () => void): LabproofError {
  try {
    work();
  } catch (error) {
    if (error instanceof LabproofError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a copy of a lab', () => {
  it.each(IDS)('of %s is the same lab under the name of its folder', async (id) => {
    labs.open(await copied(id, `copy-of-${id}`));
    expect(labs.list().map((lab) => lab.id)).toEqual([...IDS, `copy-of-${id}`]);
    expect(labs.find(`copy-of-${id}`)).toEqual({ ...labs.find(id), id: `copy-of-${id}` });
    expect(labs.notesOf(`copy-of-${id}`)).toEqual([]);
  });

  it('keeps its bands in its own folder', async () => {
    const folder = await copied('keras-tutorial', 'tutorial-2027');
    labs.open(folder);
    expect(labs.bandsFile('tutorial-2027', 'mnist-cnn')).toBe(join(folder, 'bands/mnist-cnn.json'));
    const own = labs.bandsFile('keras-tutorial', 'mnist-cnn');
    expect(JSON.parse(await readFile(own, 'utf8'))).toMatchObject({ exercise: 'mnist-cnn' });
  });

  it('says which bands another recipe has, and on which line that recipe stands', async () => {
    const folder = await copied('image-recognition', 'shorter');
    const file = join(folder, 'lab.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('epochs: 12', 'epochs: 5'));
    labs.open(folder);
    const line = text.split('\n').findIndex((line) => line.includes('dataset: mnist')) + 1;
    expect(labs.notesOf('shorter')).toEqual([
      {
        file,
        line,
        column: 7,
        message: 'bands/mnist-mlp-linear.json was measured with another recipe (epochs: 12 → 5)',
        instead: 'Measure this one: labproof --labs DIR calibrate shorter/mnist-mlp-linear.',
      },
    ]);
  });

  it('with mistakes is refused with all of them, and with what is missing', async () => {
    const folder = await copied('keras-cnn-workbook', 'broken');
    const q1 = join(folder, 'questions/q1.md');
    await writeFile(q1, (await readFile(q1, 'utf8')).replace('kind: architecture', 'kind: size'));
    await writeFile(join(folder, 'questions/q2.md'), 'How many are wrong?\n');
    await rm(join(folder, 'bands/mnist-cnn-2x2.json'));
    await rm(join(folder, 'introduction.md'));
    const error = errorOf(() => labs.open(folder));
    expect(error).toMatchObject({ code: 'lab-invalid', owner: 'instructor' });
    expect(error.message.split('\n').map((line) => line.replace(folder, '…'))).toEqual([
      'The lab "…" has 3 problems:',
      '  - …/introduction.md:1:1: there is no such file. It is what students read before the questions.',
      expect.stringMatching(
        /^ {2}- …\/questions\/q1\.md:6:13: "kind" cannot be "size"\. There are: /,
      ),
      '  - …/questions/q2.md:1:1: the fields of the question are missing. Begin it with "---", then title, exercise and checks, then "---", then the prompt.',
      '  No mistake, but to be known:',
      expect.stringMatching(
        /^ {2}- …\/lab\.yaml:\d+:5: exercise mnist-cnn-2x2 has no bands\/mnist-cnn-2x2\.json, .*labproof --labs DIR calibrate broken\/mnist-cnn-2x2\.$/,
      ),
    ]);
  });
});

describe('folders of labs', () => {
  it('are opened by number and name, links and all; what is no lab is passed over', async () => {
    const folder = join(work, 'several');
    await mkdir(join(folder, 'notes'), { recursive: true });
    await writeFile(join(folder, 'README.md'), 'My labs.\n');
    for (const name of ['week-10', 'week-9']) {
      await cp(labs.folderOf('keras-cnn-workbook'), join(folder, name), { recursive: true });
    }
    await symlink(labs.folderOf('keras-tutorial'), join(folder, 'tutorial'));
    labs.open(folder);
    expect(labs.list().map((lab) => lab.id)).toEqual([...IDS, 'tutorial', 'week-9', 'week-10']);
  });

  it('without a lab are refused', () => {
    expect(errorOf(() => labs.open(join(work, 'several', 'notes')))).toMatchObject({
      code: 'lab-folder-empty',
    });
    expect(errorOf(() => labs.open(join(work, 'nowhere')))).toMatchObject({
      code: 'lab-file-unreadable',
    });
  });

  it('with a lab of an id that is taken are refused, except for the student edition', async () => {
    const folder = await copied('image-recognition', 'image-recognition');
    expect(errorOf(() => labs.open(folder))).toMatchObject({
      code: 'lab-id-taken',
      message: `The lab in ${folder} has the id "image-recognition", which is that of another: a lab of Labproof.`,
    });
    const edition = studentEdition(labs.find('image-recognition'), checkKinds);
    const pack = join(work, 'edition');
    for (const { path, content } of labs.filesOf(edition)) {
      await mkdir(join(pack, path, '..'), { recursive: true });
      await writeFile(join(pack, path), content);
    }
    labs.open(pack);
    expect(labs.find('image-recognition')).toEqual(edition);
    labs.open(pack);
    await cp(pack, join(work, 'edition-2'), { recursive: true });
    expect(errorOf(() => labs.open(join(work, 'edition-2')))).toMatchObject({
      code: 'lab-id-taken',
      message: expect.stringContaining(pack),
    });
  });
});

describe('a lab in JSON', () => {
  it('is read as the same lab in YAML is', async () => {
    labs.open(new URL('labs-in-json/fashion', import.meta.url).pathname);
    const lab = labs.find('fashion');
    const folder = join(work, 'fashion');
    for (const { path, content } of labs.filesOf(lab)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const again = new Labs(checkKinds);
    again.open(folder);
    expect(again.find('fashion')).toEqual(lab);
    expect(again.datasets.find('fashion-mnist')).toMatchObject({ trainCount: 60_000 });
    expect(lab.questions.map(({ checks }) => checks.length)).toEqual([3, 1]);
  });
});
