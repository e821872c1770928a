import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BandsSchema } from '@labproof/core';
import { GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesInZip } from './files-in-zip.ts';
import { type Outcome, runInProcess } from './harness.ts';

let work: string;
let cache: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-new-lab-'));
  cache = join(work, 'cache');
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('lab new', () => {
  let lab: string;
  const run = (...args: string[]): Promise<Outcome> =>
    runInProcess(['--labs', lab, ...args], cache);

  beforeAll(async () => {
    lab = join(work, 'first-digits');
    const { exitCode, out, err } = await runInProcess(
      ['lab', 'new', lab, '--title', 'Digits: a "first" # lab'],
      cache,
    );
    expect(exitCode, err).toBe(0);
    expect(out).toContain(join(lab, 'bands', 'digits-mlp.json'));
    expect(err).toContain(`grade ${join(lab, 'example')} --lab first-digits --out graded`);
  });

  it('writes a lab without a mistake or a note, under its own name and title', async () => {
    const { exitCode, out, err } = await run('labs', 'first-digits', '--json');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject([
      { id: 'first-digits', title: 'Digits: a "first" # lab', exercises: [{ bands: { n: 20 } }] },
    ]);
    expect(await readFile(join(lab, 'README.md'), 'utf8')).toContain(
      'labproof --labs first-digits grade first-digits/example --lab first-digits',
    );
  });

  it('grades its own example: everything that is checked passes, and an essay waits', async () => {
    const out = join(work, 'graded');
    const graded = await run('grade', join(lab, 'example'), '--lab', 'first-digits', '--out', out);
    expect(graded.exitCode, graded.err).toBe(0);
    const grade = GradeSchema.parse(JSON.parse(await readFile(join(out, 'me/grade.json'), 'utf8')));
    expect(grade.outcomes.map(({ outcome, points, max }) => [outcome, points, max])).toEqual([
      ['passed', 3, 3],
      ['passed', 2, 2],
      ['needs-review', 0.5, 2.5],
    ]);
  });

  it('is read in the reading room, found by class.yaml alone, and graded by what was given', async () => {
    const out = join(work, 'graded');
    const ending = new AbortController();
    let ended: Promise<Outcome> | null = null;
    const address = await new Promise<string>((resolve, reject) => {
      const world = { signal: ending.signal, out: (text: string) => resolve(text.trim()) };
      ended = runInProcess(['review', out, '--no-browser'], cache, world);
      void ended.then(({ err }) => reject(new Error(err)));
    });
    const [base = '', token = ''] = address.split('#');
    let cookie = '';
    const ask = async <T>(path: string, body?: unknown): Promise<T> => {
      const headers = { cookie, origin: base.slice(0, -1), 'content-type': 'application/json' };
      const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      const response = await fetch(`${base}api/${path}`, { headers, ...post });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return (await response.json()) as T;
    };
    await ask('login', { token });
    const session = await ask<{ questions: { id: string }[] }>('session');
    expect(session).toMatchObject({
      lab: 'Digits: a "first" # lab',
      questions: [{ answers: 1, done: 0 }],
    });
    const question = session.questions[0]?.id ?? '';
    const queue = await ask<{ items: { id: string }[]; answers: { id: string }[] }>(
      `queue?question=${question}`,
    );
    const items = Object.fromEntries(queue.items.map(({ id }) => [id, 1]));
    const mark = { items, fixed: null, comment: '', doubtful: false, decided: true };
    await ask('mark', { answer: queue.answers[0]?.id, mark });
    ending.abort();
    expect(await ended).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('Every answer has a mark.'),
    });
    const graded = await runInProcess(['grade', out], cache);
    expect(graded.exitCode, graded.err).toBe(0);
    const grade = GradeSchema.parse(JSON.parse(await readFile(join(out, 'me/grade.json'), 'utf8')));
    expect(grade).toMatchObject({ status: 'final', score: 7.5 });
  });

  it('has a handout, a template, a self-check, editions to give away, and a night', async () => {
    const packed = join(work, 'autograder.zip');
    for (const [code, ...args] of [
      [0, 'handout', 'first-digits', '--out', join(work, 'handout')],
      [0, 'init', 'first-digits', join(work, 'answers')],
      [0, 'check', join(lab, 'example', 'me'), '--lab', 'first-digits'],
      [0, 'pack', 'first-digits', '--student', '--out', join(work, 'edition')],
      [0, 'pack', 'first-digits', '--gradescope', '--out', packed],
      [0, 'verify', 'first-digits'],
    ] as const) {
      const { exitCode, err } = await run(...args);
      expect(exitCode, `${args[0]}: ${err}`).toBe(code);
    }
  });

  it('carries bands that its own recipe gives', async () => {
    const bands = join(work, 'bands');
    const { exitCode, err } = await run(
      'calibrate',
      'first-digits',
      '--trials',
      '2',
      '--out',
      bands,
    );
    expect(exitCode, err).toBe(0);
    const read = async (folder: string): Promise<ReturnType<typeof BandsSchema.parse>> =>
      BandsSchema.parse(JSON.parse(await readFile(join(folder, 'digits-mlp.json'), 'utf8')));
    const [written, measured] = [await read(join(lab, 'bands')), await read(bands)];
    expect(measured.trials).toEqual(written.trials.slice(0, 2));
    expect(measured.prefix).toEqual(written.prefix);
    expect(measured.recipeHash).toBe(written.recipeHash);
    expect(written.n).toBe(20);
  });

  it.each([
    ['a folder with something in it', 'full', [], 'lab-new-folder-in-use', 'holds notes.txt'],
    ['a file', 'full/notes.txt', ['--id', 'notes'], 'lab-new-folder-in-use', 'no folder'],
    ['a name that is no id', 'My Lab', [], 'lab-new-id', 'my-lab'],
    ['a name without a letter', '___', [], 'lab-new-id', 'my-lab'],
    ['an id that is none', 'other', ['--id', 'Übung 1'], 'lab-new-id', '--id bung-1'],
    ['the id of a lab that there is', 'other', ['--id', 'keras-tutorial'], 'lab-new-id', 'already'],
  ])('refuses %s and writes nothing', async (_, name, options, code, message) => {
    await mkdir(join(work, 'full'), { recursive: true });
    await writeFile(join(work, 'full', 'notes.txt'), 'mine');
    const before = await readdir(work);
    const { exitCode, err } = await runInProcess(
      ['lab', 'new', join(work, name), ...options],
      cache,
    );
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(message);
    expect(await readdir(work)).toEqual(before);
    expect(await readdir(join(work, 'full'))).toEqual(['notes.txt']);
  });

  it('takes another id than the folder’s name', async () => {
    const folder = join(work, 'Week 3');
    const made = await runInProcess(['lab', 'new', folder, '--id', 'week-3', '--json'], cache);
    expect(JSON.parse(made.out)).toMatchObject({ lab: 'week-3' });
    const { out } = await runInProcess(['--labs', folder, 'labs', 'week-3'], cache);
    expect(out).toContain('week-3 — A first lab');
  });
});

describe('a lab that is answered in words alone', () => {
  let lab: string;
  const run = (...args: string[]): Promise<Outcome> =>
    runInProcess(['--labs', lab, ...args], cache);

  beforeAll(async () => {
    lab = join(work, 'essays');
    await mkdir(join(lab, 'questions'), { recursive: true });
    await writeFile(join(lab, 'lab.yaml'), 'title: Reading papers\nversion: 1.0.0\n');
    await writeFile(join(lab, 'introduction.md'), 'Read, then answer in your own words.\n');
    await writeFile(
      join(lab, 'questions', 'q1.md'),
      '---\ntitle: The claim\nchecks:\n  - { kind: word-count, least: 5, points: 1 }\nrubric:\n' +
        '  - { concept: the claim, points: 2, lookFor: Says what is claimed. }\n---\n\nWhat is claimed?\n',
    );
    await mkdir(join(work, 'class', 'amy'), { recursive: true });
    await writeFile(
      join(work, 'class', 'amy', 'answers.md'),
      '# Question 1\n\nDeeper networks are said to be better models of the cortex.\n',
    );
  });

  it('is listed, handed out, begun, checked, graded, reported and packed', async () => {
    const graded = join(work, 'essays-graded');
    const steps: readonly (readonly string[])[] = [
      ['labs', 'essays'],
      ['handout', 'essays', '--out', join(work, 'essays-handout')],
      ['init', 'essays', join(work, 'essays-template')],
      ['check', join(work, 'class', 'amy'), '--lab', 'essays'],
      ['grade', join(work, 'class'), '--lab', 'essays', '--out', graded],
      ['report', graded],
      ['pack', 'essays', '--student', '--out', join(work, 'essays-edition')],
      ['pack', 'essays', '--gradescope', '--out', join(work, 'essays.zip')],
    ];
    for (const args of steps) {
      const { exitCode, err } = await run(...args);
      expect(exitCode, `${args[0]}: ${err}`).toBe(0);
    }
    const grade = GradeSchema.parse(
      JSON.parse(await readFile(join(graded, 'amy/grade.json'), 'utf8')),
    );
    expect(grade).toMatchObject({ status: 'needs-review', score: 1, max: 3 });
    const handout = await readFile(join(work, 'essays-handout', 'handout.html'), 'utf8');
    expect(handout).not.toContain('id="networks"');
    expect(handout).not.toMatch(/0 networks|model\.json/u);
    const template = await readFile(join(work, 'essays-template', 'README.md'), 'utf8');
    expect(template).not.toMatch(/your own model|histories/u);
    expect(await readdir(join(work, 'essays-template'))).not.toContain('models');
    // Without names every data set that there is would be fetched.
    const setup = filesInZip(await readFile(join(work, 'essays.zip'))).get('setup.sh');
    expect(setup?.content).not.toContain('datasets pull');
    const edition = ['--labs', join(work, 'essays-edition'), 'check', join(work, 'class', 'amy')];
    expect((await runInProcess([...edition, '--lab', 'essays'], cache)).exitCode).toBe(0);
  });

  it.each([['verify'], ['verify', '--full'], ['run'], ['calibrate']])(
    'says to %s that there is nothing to train',
    async (command, ...options) => {
      const { exitCode, out, err } = await run(command, 'essays', ...options);
      expect(exitCode, err).toBe(0);
      expect(out + err).toContain('essays has no networks: there is nothing to train.');
    },
  );

  it('says where a question asks for a network that there is none', async () => {
    const file = join(lab, 'questions', 'q2.md');
    await writeFile(
      file,
      '---\ntitle: A network\nchecks:\n  - { kind: architecture, points: 1 }\n---\n\nTrain it.\n',
    );
    const { exitCode, err } = await run('labs');
    await rm(file);
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'question q2 checks a model but names no exercise. The lab has no exercises: describe the network in lab.yaml, or ask in words.',
    );
  });
});
