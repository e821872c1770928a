import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Grade, GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Outcome, runInProcess } from './harness.ts';

const fixture = fileURLToPath(
  new URL('../../../fixtures/image-recognition/just-above/submission', import.meta.url),
);

/** An instructor copies the folder of a lab, changes questions in an editor, and grades. */
describe('a copy of a lab of Labproof', () => {
  let work: string;
  let folder: string;
  let submission: string;
  const run = (...args: string[]): Promise<Outcome> =>
    runInProcess(['--labs', folder, ...args], join(work, 'cache'));
  const edit = async (file: string, from: string, to: string): Promise<void> => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  };
  const graded = async (out: string): Promise<Grade> => {
    const [grade] = GradeSchema.array().parse(
      JSON.parse(await readFile(join(work, out, 'grades.json'), 'utf8')),
    );
    if (grade === undefined) throw new Error('a grade was expected');
    return grade;
  };
  const grade = async (out: string): Promise<Grade> => {
    const args = ['grade', submission, '--lab', 'my-digits', '--out', join(work, out)];
    const { exitCode, err } = await run(...args, '--jobs', '1');
    expect([exitCode, err]).not.toEqual([2, expect.anything()]);
    return graded(out);
  };

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-copied-lab-'));
    // Exercises with hidden test images.
    vi.stubEnv('LABPROOF_HIDDEN_SEED', 'a secret of sufficient length');
    folder = join(work, 'my-digits');
    submission = join(work, 'jo');
    const { out } = await runInProcess(
      ['labs', 'image-recognition', '--json'],
      join(work, 'cache'),
    );
    const [lab] = JSON.parse(out) as [{ readonly folder: string }];
    await cp(lab.folder, folder, { recursive: true });
    await cp(fixture, submission, { recursive: true });
    // An answer on the playground, by the address of the page: a network that does not learn the spiral.
    const address =
      'https://playground.tensorflow.org/#activation=linear&batchSize=10&dataset=spiral&learningRate=0.03&noise=0&networkShape=1&percTrainData=50&x=true&y=true';
    await appendFile(join(submission, 'answers.md'), `\n\nQ24: One neuron is enough: ${address}\n`);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('grades as it does, on hidden images, too, under the name of its folder', async () => {
    const ours = await runInProcess(
      [
        'grade',
        submission,
        '--lab',
        'image-recognition',
        '--out',
        join(work, 'ours'),
        '--jobs',
        '1',
      ],
      join(work, 'cache'),
    );
    expect(ours.err).not.toContain('note:');
    const before = await graded('ours');
    const after = await grade('copied');
    expect(after.lab).toMatchObject({ id: 'my-digits', version: '2.0.0' });
    expect({ ...after, lab: before.lab }).toEqual(before);
    const spiral = after.outcomes.find(({ question }) => question === 'q24');
    expect(JSON.stringify(spiral)).toContain('playground-claim');
    expect(JSON.stringify(after)).toContain('hidden');
  }, 300_000);

  it('with changed questions grades by these, and shows them in its handout', async () => {
    const claim = 'kind: claim-against-weights, metric: accuracy';
    await edit('questions/q5.md', `${claim}, points: 1`, `${claim}, points: 2`);
    await edit('questions/q5.md', 'Evaluate the first network', 'Measure the first network');
    await edit('questions/q24.md', 'playground-claim, points: 2', 'playground-claim, points: 4');
    await edit('lab.yaml', 'version: 2.0.0', 'version: 2.1.0');
    await rm(join(folder, 'questions/q22.md'));
    const before = await graded('copied');
    const after = await grade('changed');
    expect([before.max, after.max]).toEqual([70, 70 + 1 + 2 - 5]);
    expect(after.lab).toMatchObject({ id: 'my-digits', version: '2.1.0' });
    const points = ({ outcomes }: Grade, id: string): (number | null)[] =>
      outcomes.filter(({ question }) => question === id).map(({ points }) => points);
    expect(points(after, 'q22')).toEqual([]);
    const [had = null] = points(before, 'q5');
    expect(had).toBeGreaterThan(0);
    expect(points(after, 'q5')).toEqual([Number(had) + 1]);
    const handout = await run('handout', 'my-digits', '--out', join(work, 'handout'));
    expect(handout.exitCode).toBe(0);
    const page = await readFile(join(work, 'handout', 'handout.html'), 'utf8');
    expect(page).toContain('Measure the first network on the test images.');
  }, 300_000);

  it('says what is missing and wrong with file and line, and grades by no other recipe’s bands', async () => {
    await rm(join(folder, 'bands/cifar10-cnn.json'));
    const listed = await run('labs', 'my-digits');
    expect(listed.exitCode).toBe(0);
    expect(listed.err).toMatch(
      /^note: .*my-digits\/lab\.yaml:\d+:5: exercise cifar10-cnn has no bands\/cifar10-cnn\.json/,
    );
    await edit('lab.yaml', 'epochs: 12', 'epochs: 10');
    const args = ['grade', submission, '--lab', 'my-digits', '--out', join(work, 'other')];
    const refused = await run(...args);
    expect(refused).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[bands-of-another-recipe]'),
    });
    await edit('questions/q14.md', 'misclassified-count', 'misclassified-cuont');
    const broken = await run('labs', 'my-digits');
    expect(broken.exitCode).toBe(2);
    expect(broken.err).toContain(
      `${join(folder, 'questions/q14.md')}:5:13: "kind" cannot be "misclassified-cuont". Did you mean "misclassified-count"?`,
    );
    expect(broken.err).toContain('has no bands/cifar10-cnn.json');
  }, 120_000);
});
