import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bands, BandsSchema, recipeHash, RecipeSchema } from '@labproof/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BARS, dense, writeBarsFiles } from './bars-lab.ts';
import { type Outcome, runInProcess } from './harness.ts';

/** Something that is written into a hidden place of a lab and must come out nowhere. */
const canary = (place: string): string => `canary${place}quokka`;

const SECRET = canary('secret').repeat(2);
/** Digits that no measurement of this lab gives. */
const HIDDEN_NUMBERS = {
  publishedLoss: 0.271_828_4,
  publishedAccuracy: 0.618_033_9,
  mean: 0.523_598_7,
  upper: 0.992_413_7,
  trial: 0.734_562_1,
};

const LAB = {
  ...BARS,
  exercises: [
    {
      ...BARS.exercises[0],
      published: {
        source: canary('published'),
        loss: HIDDEN_NUMBERS.publishedLoss,
        accuracy: HIDDEN_NUMBERS.publishedAccuracy,
      },
    },
    {
      ...BARS.exercises[0],
      id: 'bars-open',
      title: canary('opentitle'),
      recipe: {
        ...BARS.exercises[0]?.recipe,
        epochs: 737,
        model: {
          name: canary('network'),
          layers: [
            dense(53, 'relu', { name: canary('layer'), batch_input_shape: [null, 4] }),
            dense(2, 'softmax'),
          ],
        },
      },
    },
  ],
  questions: [
    {
      id: 'q1',
      number: 1,
      title: 'Size',
      prompt: 'Hand in the network.',
      exercise: 'bars-mlp',
      checks: [
        { kind: 'architecture', points: 1 },
        { kind: 'metric-in-band', points: 1 },
        { kind: 'not-too-good', points: 1 },
        { kind: 'reproduction', points: 1 },
        { kind: 'history', points: 1 },
      ],
    },
    {
      id: 'q2',
      number: 2,
      title: 'Why',
      prompt: 'Why does it work?',
      exercise: null,
      checks: [
        {
          kind: 'free-text',
          points: 2,
          rubric: [
            {
              concept: canary('concept'),
              points: 1.25,
              lookFor: canary('lookfor'),
              words: [canary('words'), 'brightness'],
            },
            { concept: canary('second'), points: 0.75, lookFor: canary('looktwo') },
          ],
        },
      ],
    },
    {
      id: 'q3',
      number: 3,
      title: 'Your own',
      prompt: 'Design a network.',
      exercise: 'bars-open',
      checks: [{ kind: 'metric-in-band', points: 2 }],
    },
  ],
};

/** Grading asks for bands of the lab's own recipe, so their hash cannot be a canary. */
function recipeHashOf(exercise: string): string {
  return recipeHash(RecipeSchema.parse(LAB.exercises.find(({ id }) => id === exercise)?.recipe));
}

/** The measured bands with canaries in everything but the pass mark; of one trial no statistics are derived anew. */
function planted(measured: Bands, exercise: string): Bands {
  const bands = { ...measured };
  delete bands.checksum;
  delete bands.recipe;
  const spread = { ...bands.test.accuracy, mean: HIDDEN_NUMBERS.mean };
  return {
    ...bands,
    exercise,
    recipeHash: recipeHashOf(exercise),
    dataDigest: canary('datadigest'),
    prefix: { seed: 1, digest: canary('prefix') },
    test: {
      ...bands.test,
      accuracy: spread,
      accuracyLower: { ...bands.test.accuracyLower, value: 0.41 },
      accuracyUpper: { ...bands.test.accuracyUpper, value: HIDDEN_NUMBERS.upper },
    },
    n: 1,
    seeds: [1],
    trials: [{ seed: 1, digest: canary('trial'), loss: 1, accuracy: HIDDEN_NUMBERS.trial }],
    environment: { [canary('key')]: canary('machine') },
  };
}

describe('what a student can get', () => {
  let work: string;
  let lab: string;
  let submission: string;
  let edition: string;
  const all: { readonly from: string; readonly text: string }[] = [];
  const run = async (labs: string, ...args: string[]): Promise<Outcome> => {
    const outcome = await runInProcess(['--labs', labs, ...args], join(work, 'cache'));
    all.push({ from: args.join(' '), text: outcome.out + outcome.err });
    return outcome;
  };

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-student-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    vi.stubEnv('LABPROOF_HIDDEN_SEED', SECRET);
    lab = join(work, 'lab');
    await mkdir(lab);
    await writeFile(join(lab, 'lab.json'), JSON.stringify({ ...LAB, id: 'canaries' }));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    await writeBarsFiles(join(work, 'files'));
    const set = async (...args: string[]): Promise<void> => {
      const { exitCode, err } = await runInProcess(['--labs', lab, ...args], join(work, 'cache'));
      expect(exitCode, err).toBe(0);
    };
    await set('datasets', 'add', 'bar-images', join(work, 'files'));
    await set('calibrate', 'canaries/bars-mlp', '--trials', '3', '--jobs', '1');
    const file = join(lab, 'bands', 'bars-mlp.json');
    const bands = BandsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    for (const exercise of ['bars-mlp', 'bars-open']) {
      const path = join(lab, 'bands', `${exercise}.json`);
      await writeFile(path, JSON.stringify(planted(bands, exercise)));
    }
    await set(
      'run',
      'canaries/bars-mlp',
      '--trials',
      '1',
      '--jobs',
      '1',
      '--out',
      join(work, 'trained'),
    );
    submission = join(work, 'ada');
    for (const exercise of ['bars-mlp', 'bars-open']) {
      const seed = join(work, 'trained', 'bars-mlp', 'seed-1');
      await cp(seed, join(submission, 'models', exercise), { recursive: true });
    }
    await writeFile(
      join(submission, 'answers.md'),
      '## Question 1: Size\n\nHere it is.\n\n## Question 2: Why\n\nBecause of the brightness.\n',
    );
    edition = join(work, 'edition');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('checks a submission by the lab, and exactly so by its student edition', async () => {
    const packed = await run(lab, 'pack', 'canaries', '--student', '--out', edition);
    expect(packed.exitCode, packed.err).toBe(0);
    const args = ['check', submission, '--lab', 'canaries'];
    const json: string[] = [];
    const pages: string[] = [];
    for (const [name, labs] of Object.entries({ lab, edition })) {
      const out = join(work, `page-${name}`);
      const text = await run(labs, ...args, '--out', out);
      expect(text.exitCode, text.err).toBe(0);
      expect(text.out).toContain('0 would be lost');
      json.push((await run(labs, ...args, '--json')).out);
      pages.push(await readFile(join(out, 'self-check.html'), 'utf8'));
    }
    expect(json[1]).toBe(json[0]);
    expect(pages[1]).toBe(pages[0]);
    expect(pages[0]).toContain('A self-check, and no grade.');
    expect(JSON.parse(json[0] ?? '')).toMatchObject({
      points: { max: 9, fine: 5, lost: 0, open: 4 },
      modelsMissing: [],
    });
  });

  it('says what is missing and what it costs, with exit code 1', async () => {
    const folder = join(work, 'half');
    await cp(submission, folder, { recursive: true });
    await rm(join(folder, 'models', 'bars-mlp'), { recursive: true });
    const { exitCode, out } = await run(edition, 'check', folder, '--lab', 'canaries');
    expect(exitCode).toBe(1);
    expect(out).toContain('Hand in a model for bars-mlp, for example as models/bars-mlp.keras.');
    const whole = await run(edition, 'check', folder, '--lab', 'canaries', '--verbose');
    expect(whole.out).toContain('missing: a model for bars-mlp');
    expect(whole.out).toContain('how to fix it: Save the trained model');
    const nothing = await run(edition, 'check', join(work, 'nowhere'), '--lab', 'canaries');
    expect(nothing).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[submission-not-found]'),
    });
    const part = await run(edition, 'check', join(folder, 'answers.md'), '--lab', 'canaries');
    expect(part).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('[submission-unreadable]'),
    });
  });

  it('cannot be used for grading', async () => {
    const out = join(work, 'graded');
    const args = ['grade', submission, '--lab', 'canaries', '--out', out];
    const { exitCode, err } = await run(edition, ...args);
    expect(exitCode).toBe(2);
    expect(err).toContain('[lab-student-edition]');
  });

  it('is graded on hidden images as well, whose secret is written nowhere', async () => {
    const out = join(work, 'hidden');
    const { exitCode, err } = await runInProcess(
      ['--labs', lab, 'grade', submission, '--lab', 'canaries', '--out', out, '--jobs', '1'],
      join(work, 'cache'),
    );
    expect(exitCode, err).toBe(0);
    const report = await readFile(join(out, 'ada', 'report.html'), 'utf8');
    expect(report).toContain('Hidden images.');
    const files = await readdir(out, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'latin1');
      expect(text, file.name).not.toContain(canary('secret'));
    }
    const short = join(work, 'short');
    await writeFile(short, '42\n');
    const guessable = await runInProcess(
      [
        '--labs',
        lab,
        'grade',
        submission,
        '--lab',
        'canaries',
        '--out',
        join(work, 'guessable'),
        '--hidden-seed-file',
        short,
      ],
      join(work, 'cache'),
    );
    expect(guessable).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[hidden-seed-short]'),
    });
  });

  it('holds nothing of the hidden parts of the lab', async () => {
    await run(lab, 'init', 'canaries', join(work, 'template'));
    await run(edition, 'handout', 'canaries', '--out', join(work, 'handout-student'));
    await run(edition, 'labs', 'canaries', '--json');
    // The instructor's own handout draws the bands where students train that very network, and nothing else.
    const drawn = await runInProcess(
      ['--labs', lab, 'handout', 'canaries', '--out', join(work, 'handout')],
      join(work, 'cache'),
    );
    expect(drawn.exitCode, drawn.err).toBe(0);
    for (const folder of ['edition', 'page-lab', 'page-edition', 'template', 'handout-student']) {
      for (const file of await readdir(join(work, folder), {
        recursive: true,
        withFileTypes: true,
      })) {
        if (!file.isFile()) continue;
        const path = join(file.parentPath, file.name);
        all.push({ from: path, text: await readFile(path, 'latin1') });
      }
    }
    expect(all.length).toBeGreaterThan(12);
    for (const { from, text } of all) {
      expect(text, from).not.toContain('quokka');
      expect(text, from).not.toContain(recipeHashOf('bars-open'));
      expect(text, from).not.toMatch(/\b(?:737|53)\b(?=[,\s"<])/u);
      for (const [name, value] of Object.entries(HIDDEN_NUMBERS)) {
        for (const shown of [value.toFixed(4), (100 * value).toFixed(2)]) {
          expect(text.includes(shown), `${name} in ${from}`).toBe(false);
        }
      }
    }
    const handout = await readFile(join(work, 'handout', 'handout.html'), 'utf8');
    expect(handout).not.toContain('quokka');
    // The canaries are where they were put: a lab that had lost them would prove nothing.
    const whole = await readFile(join(lab, 'lab.json'), 'utf8');
    expect(whole.split('quokka').length - 1).toBeGreaterThanOrEqual(8);
  });
});
