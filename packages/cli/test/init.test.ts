import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labs } from '@labproof/exercises';
import { DeclarationSchema } from '@labproof/submission';
import { GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './harness.ts';

const labs = new Labs();

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-init-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe.each(labs.list().map((lab) => [lab.id, lab] as const))('the template of %s', (id, lab) => {
  it('is read as a submission in which nothing is answered', async () => {
    const folder = join(work, id, 'ada');
    const made = await runInProcess(['init', id, folder], join(work, 'cache'));
    expect(made.exitCode, made.err).toBe(0);
    expect(made.out).toContain('answers.md');

    const out = join(work, id, 'graded');
    const graded = await runInProcess(['grade', folder, '--lab', id, '--out', out], work);
    expect(graded.exitCode, graded.err).toBe(0);
    const grade = GradeSchema.parse(
      JSON.parse(await readFile(join(out, 'ada/grade.json'), 'utf8')),
    );
    expect(grade.status).toBe('final');
    expect(grade.score).toBe(0);
    expect(grade.outcomes.map(({ number, outcome }) => [number, outcome])).toEqual(
      lab.questions.map(({ number }) => [number, 'missing']),
    );
    // No number of a prompt was taken for a claim.
    const measured = grade.outcomes
      .flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence))
      .filter(({ kind }) => kind === 'measurement');
    expect(measured).toEqual([]);
    expect(grade.files.filter(({ role }) => role !== 'ignored').map(({ path }) => path)).toEqual([
      'answers.md',
    ]);
  });

  it('says how to look it over, and that says on one screen what to do', async () => {
    const readme = await readFile(join(work, id, 'ada/README.md'), 'utf8');
    expect(readme).toContain(`labproof check . --lab ${id}`);
    const args = ['check', join(work, id, 'ada'), '--lab', id];
    const { exitCode, out } = await runInProcess(args, join(work, 'cache'));
    expect(exitCode).toBe(1);
    expect(out.split('\n').length).toBeLessThanOrEqual(25);
    expect(out).toContain(`Answer questions 1 to ${lab.questions.length}: nothing was found there`);
    expect(out).toContain('Hand in');
  });

  it('shows a declaration that would be accepted', async () => {
    const example = await readFile(join(work, id, 'ada/submission.example.json'), 'utf8');
    expect(DeclarationSchema.parse(JSON.parse(example)).student).not.toBe('');
  });

  it('holds an answer where one is written', async () => {
    const path = join(work, id, 'ada/answers.md');
    const text = await readFile(path, 'utf8');
    const first = lab.questions.find(({ checks }) =>
      checks.some(({ kind }) => kind === 'free-text'),
    );
    if (first === undefined) throw new RangeError('a lab without a written answer');
    const sections = text.split(/(?=^## )/m);
    const own = 'Reading gas meters: the company saves a visit, and the tenant an appointment.';
    const answered = sections.map((section) =>
      section.startsWith(`## Question ${first.number}:`)
        ? section.replace('*Write your answer here.*', own)
        : section,
    );
    await writeFile(path, answered.join(''));
    const out = join(work, id, 'again');
    await runInProcess(['grade', join(work, id, 'ada'), '--lab', id, '--out', out], work);
    const grade = GradeSchema.parse(
      JSON.parse(await readFile(join(out, 'ada/grade.json'), 'utf8')),
    );
    const asked = grade.outcomes.filter(({ outcome }) => outcome !== 'missing');
    expect(asked.map(({ question }) => question)).toEqual([first.id]);
    expect(grade.answers.find(({ question }) => question === first.id)?.text).toContain(own);
  });
});

describe('init with a framework', () => {
  it('adds programs to start from, which answer nothing by themselves', async () => {
    const folder = join(work, 'torch', 'ada');
    const args = ['init', 'image-recognition', folder, '--framework', 'pytorch'];
    const made = await runInProcess(args, join(work, 'cache'));
    expect(made.exitCode, made.err).toBe(0);
    const relu = await readFile(join(folder, 'code/mnist-mlp-relu.py'), 'utf8');
    expect(relu).toContain('torch.save(model.state_dict(), "models/mnist-mlp-relu.pt")');
    // Questions 13, 16 and 18 ask for code.
    const cnn = await readFile(join(folder, 'code/cifar10-cnn.py'), 'utf8');
    expect(cnn).toContain('raise SystemExit("Build the network first.")');
    expect(cnn).not.toMatch(/nn\.Conv2d|optim\.RMSprop/u);
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    expect(readme).toContain('models/mnist-mlp-relu.pt');
    expect(readme).not.toContain('.keras');

    const out = join(work, 'torch', 'graded');
    const graded = await runInProcess(
      ['grade', folder, '--lab', 'image-recognition', '--out', out],
      work,
    );
    expect(graded.exitCode, graded.err).toBe(0);
    const grade = GradeSchema.parse(
      JSON.parse(await readFile(join(out, 'ada/grade.json'), 'utf8')),
    );
    expect([grade.status, grade.score]).toEqual(['final', 0]);
    expect(new Set(grade.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['missing']));
  });

  it('keeps two of them apart', async () => {
    const folder = join(work, 'both', 'ada');
    const args = ['init', 'keras-tutorial', folder, '--framework', 'both', '--json'];
    const made = await runInProcess(args, join(work, 'cache'));
    const { files } = JSON.parse(made.out) as { files: string[] };
    const programs = files.filter((file) => file.endsWith('mnist-cnn.py'));
    expect(programs).toEqual(
      ['keras', 'pytorch'].map((name) => join(folder, 'code', name, 'mnist-cnn.py')),
    );
    const open = await readFile(join(folder, 'code/pytorch/mnist-design.py'), 'utf8');
    expect(open).toContain('yours to design');
    expect(open).not.toContain('nn.Conv2d');
  });

  it('knows no other', async () => {
    const args = ['init', 'keras-tutorial', join(work, 'jax'), '--framework', 'jax'];
    const { exitCode, err } = await runInProcess(args, work);
    expect(exitCode).toBe(2);
    expect(err).toContain('keras, pytorch, both');
  });
});

describe('init', () => {
  it('never writes over what is there', async () => {
    const folder = join(work, 'taken');
    const args = ['init', 'image-recognition', folder];
    expect((await runInProcess(args, work)).exitCode).toBe(0);
    await writeFile(join(folder, 'answers.md'), 'mine');
    const second = await runInProcess(args, work);
    expect(second.exitCode).toBe(2);
    expect(second.err).toContain('already holds answers.md');
    expect(await readFile(join(folder, 'answers.md'), 'utf8')).toBe('mine');
  });
});
