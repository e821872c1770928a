import { createOracleKernels } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Grade, GradeSchema } from '../src/grade/grade.ts';
import type { CheckOutcome } from '../src/grade/outcome.ts';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { dense, lab } from '../../submission/test/support/lab.ts';
import { modelFiles, network, seeingWeights, text } from '../../submission/test/support/models.ts';
import { png } from '../../submission/test/support/pictures.ts';
import { datasets } from './support/squares.ts';

/** Loss of the seeing weights on the squares, as the grader measures it. */
let loss = '';

const ANSWERS = {
  q1: 'Sorting parcels by shape helps the post office.',
  q2: 'About 5 seconds.',
  q3: '![history](plots/q3.png)',
  q4: 'The accuracy is 0.9 and the loss LOSS.',
  q5: '![history](plots/q5.png)',
  q6: 'It reaches an accuracy of 90 %.',
};

function answers(changes: Partial<Record<keyof typeof ANSWERS, string>> = {}): Uint8Array {
  const entries = Object.entries({ ...ANSWERS, ...changes });
  return text(
    entries
      .map(([id, answer]) => `## Question ${id.slice(1)}\n\n${answer.replace('LOSS', loss)}\n`)
      .join('\n'),
  );
}

function submission(
  changes: Partial<Record<keyof typeof ANSWERS, string>> = {},
): Map<string, Uint8Array> {
  return new Map([
    ['answers.md', answers(changes)],
    ['plots/q3.png', png()],
    ['plots/q5.png', png({ shade: 90 })],
    ...modelFiles('models/squares-linear', network('linear'), seeingWeights()),
    ...modelFiles('models/squares-relu', network('relu'), seeingWeights()),
  ]);
}

async function graded(content: ReadonlyMap<string, Uint8Array>, over: Lab = lab): Promise<Grade> {
  const kernels = createOracleKernels();
  const grade = await gradeSubmission({
    lab: over,
    files: filesInMemory(content),
    kernels,
    datasets,
    student: 'jo',
  });
  return GradeSchema.parse(grade);
}

function check(grade: Grade, question: string, name: string): CheckOutcome {
  const found = grade.outcomes
    .find((outcome) => outcome.question === question)
    ?.checks.find((entry) => entry.check === name);
  if (found === undefined) throw new Error(`${question} has no check ${name}`);
  return found;
}

const summary = (grade: Grade): string[] =>
  grade.outcomes.map(({ question, outcome, points }) => `${question} ${outcome} ${points}`);

beforeAll(async () => {
  const { models } = await graded(submission());
  loss = String(models[0]?.evaluation?.loss.toFixed(4));
});

describe('a complete submission', () => {
  it('earns everything that can be decided, and says what waits', async () => {
    const grade = await graded(submission());
    expect(summary(grade)).toEqual([
      'q1 needs-review 0',
      'q2 passed 1',
      'q3 passed 1',
      'q4 passed 5',
      'q5 passed 1',
      'q6 passed 2',
    ]);
    expect(grade).toMatchObject({
      score: 10,
      pending: 2,
      max: 12,
      status: 'needs-review',
      problem: null,
    });
    expect(grade.models.map(({ evaluation }) => evaluation?.accuracy)).toEqual([0.9, 0.9]);
    expect(grade.files.map(({ path, role }) => `${path} ${role}`)).toContain('answers.md answers');
    expect(grade.provenance.submissionDigest).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('is examined with the model that was handed in, where a question allows several', async () => {
    const files = submission();
    for (const path of files.keys())
      if (path.startsWith('models/squares-linear')) files.delete(path);
    const questions = lab.questions.map((question) =>
      question.id === 'q4' ? { ...question, alternatives: ['squares-relu'] } : question,
    );
    const strict = await graded(files);
    const lenient = await graded(files, { ...lab, questions });
    // The layers are those of the alternative, and not those of the question's first exercise.
    for (const name of ['architecture', 'claim-against-weights:accuracy']) {
      expect(check(lenient, 'q4', name).outcome).toBe('passed');
      expect(check(strict, 'q4', name).outcome).not.toBe('passed');
    }
  });

  it('gives the same grade again', async () => {
    expect(await graded(submission())).toEqual(await graded(submission()));
  });

  it('explains the bound with n, coverage and confidence', async () => {
    const { evidence } = check(await graded(submission()), 'q4', 'metric-in-band');
    expect(evidence).toContainEqual(
      expect.objectContaining({
        kind: 'bound',
        side: 'lower',
        value: 0.88,
        n: 10,
        coverage: 0.95,
        confidence: 0.95,
      }),
    );
  });
});

describe('architecture', () => {
  it('names each difference', async () => {
    const content = submission();
    for (const [path, bytes] of modelFiles(
      'models/squares-linear',
      network('relu', 6),
      seeingWeights(6),
    ))
      content.set(path, bytes);
    const { outcome, evidence, message } = check(await graded(content), 'q4', 'architecture');
    expect(outcome).toBe('failed');
    expect(evidence.filter(({ kind }) => kind === 'difference')).toEqual([
      { kind: 'difference', label: 'layer 1 (Dense): units', expected: '8', found: '6' },
      {
        kind: 'difference',
        label: 'layer 1 (Dense): activation',
        expected: 'linear',
        found: 'relu',
      },
      { kind: 'difference', label: 'parameters', expected: '163', found: '123' },
    ]);
    expect(message).toContain('units should be 8 and is 6');
  });

  it('names a layer too many without misjudging those behind it', async () => {
    const content = submission();
    const model = network('linear');
    model.layers.splice(1, 0, { class_name: 'Dropout', config: { rate: 0.5 } });
    for (const [path, bytes] of modelFiles('models/squares-linear', model, seeingWeights()))
      content.set(path, bytes);
    const { evidence } = check(await graded(content), 'q4', 'architecture');
    expect(evidence.filter(({ kind }) => kind === 'difference')).toEqual([
      {
        kind: 'difference',
        label: 'layer 2',
        expected: 'no such layer',
        found: 'Dropout (rate 0.5)',
      },
    ]);
  });

  it('takes other spellings of the same network', async () => {
    const content = submission();
    const model = {
      name: 'net',
      layers: [
        { class_name: 'Flatten', config: { batch_input_shape: [null, 4, 4, 1] } },
        dense(8, 'linear'),
        { class_name: 'Activation', config: { activation: 'relu' } },
        dense(3, 'linear'),
        { class_name: 'Activation', config: { activation: 'softmax' } },
      ],
    };
    for (const [path, bytes] of modelFiles('models/squares-relu', model, seeingWeights()))
      content.set(path, bytes);
    const grade = await graded(content);
    expect(check(grade, 'q6', 'architecture').outcome).toBe('passed');
    expect(grade.models[1]?.evaluation?.accuracy).toBe(0.9);
  });
});

describe('metric-in-band', () => {
  it('fails below the bound and recognises a model that only guesses', async () => {
    const content = submission();
    const zero = seeingWeights().map((array) => array.fill(0));
    for (const [path, bytes] of modelFiles('models/squares-linear', network('linear'), zero))
      content.set(path, bytes);
    const { outcome, points, advice } = check(await graded(content), 'q4', 'metric-in-band');
    expect([outcome, points]).toEqual(['failed', 0]);
    expect(advice).toContain('close to guessing');
  });

  it('reports NaN weights instead of failing on them', async () => {
    const content = submission();
    const weights = seeingWeights().map((array) => array.fill(Number.NaN));
    for (const [path, bytes] of modelFiles('models/squares-linear', network('linear'), weights))
      content.set(path, bytes);
    const grade = await graded(content);
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'failed',
      points: 0,
      message: expect.stringContaining('163 of the 163 weights'),
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    expect(summary(grade)[5]).toBe('q6 passed 2');
  });

  it('leaves to a person what was never measured, with the accuracy, and decides the rest', async () => {
    const exercises = lab.exercises.map((exercise) => Object.assign({}, exercise, { bands: null }));
    const grade = await graded(submission(), { ...lab, exercises });
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'needs-review',
      points: null,
      message: expect.stringMatching(
        /classifies 90\.00\s% .* No reference runs of squares-linear/u,
      ),
      advice: expect.stringContaining('labproof calibrate'),
      evidence: [{ kind: 'measurement', unit: 'accuracy', value: 0.9 }, { unit: 'count' }],
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    const decided = await graded(submission());
    const points = check(decided, 'q4', 'metric-in-band').max;
    expect(grade).toMatchObject({
      status: 'needs-review',
      score: (decided.score ?? 0) - points,
      pending: decided.pending + points,
    });
  });

  it('uses a declared scaling and proposes one that fits', async () => {
    const content = submission();
    // Trained on raw pixels: a bias that only bytes can overcome.
    const [kernel = new Float32Array(), , output = new Float32Array(), last = new Float32Array()] =
      seeingWeights();
    const raw = [kernel, new Float32Array(8).fill(-100), output.map((value) => value / 4), last];
    for (const [path, bytes] of modelFiles('models/squares-linear', network('relu'), raw))
      content.set(path, bytes);
    const undeclared = check(await graded(content), 'q4', 'metric-in-band');
    expect(undeclared.outcome).toBe('failed');
    expect(undeclared.advice).toContain('"squares-linear": "raw"');
    content.set('submission.json', text('{"student": "jo", "scale": {"squares-linear": "raw"}}'));
    const grade = await graded(content);
    expect(check(grade, 'q4', 'metric-in-band').outcome).toBe('passed');
    expect(grade.models[0]?.evaluation?.scale).toBe('raw');
  });
});

const accuracy = async (answer: string): Promise<CheckOutcome> =>
  check(await graded(submission({ q4: answer })), 'q4', 'claim-against-weights:accuracy');

describe('claims', () => {
  it.each([
    ['The accuracy is 0.9.', 'passed'],
    ['accuracy: 90,00 %', 'passed'],
    ['accuracy about 0.91', 'passed'],
    ['The test accuracy is 0.9005.', 'passed'],
    ['The test accuracy is 0.9007.', 'failed'],
    ['The accuracy is 0.99.', 'failed'],
    ['The training accuracy is 0.95, the test accuracy 0.9.', 'passed'],
    ['The training accuracy is 0.95.', 'failed'],
    ['The validation accuracy is 0.9.', 'needs-review'],
    ['It is very good.', 'failed'],
    ['It got 270 of 300.', 'needs-review'],
    ['', 'missing'],
  ])('%s → %s', async (answer, outcome) => {
    expect((await accuracy(answer)).outcome).toBe(outcome);
  });

  it('says both numbers', async () => {
    const { message, evidence } = await accuracy('We reached an accuracy of 99,1 %.');
    expect(message).toContain('99,1 %');
    expect(message).toContain('90.00\u00a0% on the test images');
    expect(evidence).toContainEqual({
      kind: 'text',
      label: 'Read in the answer',
      text: 'We reached an accuracy of 99,1 %.',
    });
  });

  it('cannot confirm a claim without a model', async () => {
    const content = submission();
    content.delete('models/squares-linear/model.json');
    content.delete('models/squares-linear/weights.bin');
    const grade = await graded(content);
    expect(grade.outcomes[3]).toMatchObject({ outcome: 'missing', points: 0 });
    content.set('models/squares-linear/model.json', text('{'));
    expect((await graded(content)).outcomes[3]).toMatchObject({ outcome: 'refused', points: 0 });
  });
});

const plot = async (
  answer: string,
  pictures: Record<string, Uint8Array>,
): Promise<CheckOutcome> => {
  const content = submission({ q3: answer });
  content.delete('plots/q3.png');
  for (const [path, bytes] of Object.entries(pictures)) content.set(path, bytes);
  return check(await graded(content), 'q3', 'plot');
};

describe('plots', () => {
  const link = '![history](plots/mine.png)';
  it.each([
    ['a readable picture', link, { 'plots/mine.png': png() }, 'passed'],
    ['a picture elsewhere', link, { 'mine.png': png() }, 'passed'],
    [
      'a backslash and spaces',
      String.raw`![](<.\plots\my%20plot.png>)`,
      { 'plots/my plot.png': png() },
      'passed',
    ],
    ['a loose picture with the number', 'See the file.', { 'q3.png': png() }, 'passed'],
    [
      'an embedded picture',
      `![](data:image/png;base64,${Buffer.from(png()).toString('base64')})`,
      {},
      'passed',
    ],
    ['a blank picture', link, { 'plots/mine.png': png({ blank: true }) }, 'failed'],
    ['a tiny picture', link, { 'plots/mine.png': png({ width: 8, height: 8 }) }, 'failed'],
    ['a broken link', link, {}, 'missing'],
    ['a picture on the web', '![](https://example.org/a.png)', {}, 'missing'],
    ['a path out of the submission', '![](../../../etc/a.png)', {}, 'missing'],
    ['a picture cut in half', link, { 'plots/mine.png': png().slice(0, 100) }, 'refused'],
    [
      'a script called png',
      link,
      { 'plots/mine.png': text('<svg onload="alert(1)"/>') },
      'refused',
    ],
    ['the picture of another question', '', { 'plots/mine.png': png() }, 'missing'],
  ])('%s', async (_, answer, pictures, outcome) => {
    expect((await plot(answer, pictures)).outcome).toBe(outcome);
  });

  it('names the path of a broken link', async () => {
    expect((await plot(link, {})).message).toContain('plots/mine.png');
  });

  it('asks a person when two questions show the same picture', async () => {
    const grade = await graded(submission({ q5: ANSWERS.q3 }));
    expect(grade.outcomes[2]?.outcome).toBe('passed');
    expect(grade.outcomes[4]).toMatchObject({ outcome: 'needs-review', pending: 1 });
  });
});

describe('what is handed in', () => {
  it('refuses an empty submission as a whole', async () => {
    const grade = await graded(new Map());
    expect(grade).toMatchObject({
      status: 'refused',
      score: 0,
      pending: 0,
      problem: { code: 'submission-empty' },
    });
    expect(
      grade.outcomes.every(({ outcome, points }) => outcome === 'refused' && points === 0),
    ).toBe(true);
  });

  it('tells missing answers from refused ones', async () => {
    const content = submission();
    content.delete('answers.md');
    expect((await graded(content)).outcomes[0]?.outcome).toBe('missing');
    content.set('answers.docx', text('x'));
    expect((await graded(content)).outcomes[0]).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('answers.docx'),
    });
  });

  it('gives a model without a telling name to the exercise whose layers it has', async () => {
    const content = submission();
    for (const name of ['model.json', 'weights.bin']) {
      content.set(
        `models/my net/${name}`,
        content.get(`models/squares-relu/${name}`) ?? new Uint8Array(),
      );
      content.delete(`models/squares-relu/${name}`);
    }
    const grade = await graded(content);
    expect(summary(grade)[5]).toBe('q6 passed 2');
    expect(grade.files.find(({ path }) => path === 'models/my net/model.json')?.matched).toEqual([
      'squares-relu',
    ]);
  });

  it('reads training histories, and says when one cannot be read', async () => {
    const content = submission();
    content.set(
      'histories/squares-linear.csv',
      text(
        'epoch,value,metric,data\n1,0.5,loss,training\n2,0.4,loss,training\n1,0.8,acc,training\n2,0.9,acc,training\n1,0.6,loss,validation\n2,0.5,loss,validation\n1,0.7,acc,validation\n2,0.8,acc,validation\n',
      ),
    );
    content.set('histories/squares-relu.json', text('{"loss": [0.5, "x"]}'));
    const grade = await graded(content);
    expect(grade.models[0]?.history).toEqual([
      { epoch: 1, loss: 0.5, accuracy: 0.8, valLoss: 0.6, valAccuracy: 0.7 },
      { epoch: 2, loss: 0.4, accuracy: 0.9, valLoss: 0.5, valAccuracy: 0.8 },
    ]);
    expect(grade.models[1]?.history).toBeNull();
    expect(grade.files.find(({ path }) => path === 'histories/squares-relu.json')?.why).toContain(
      'cannot be read',
    );
  });

  it('keeps text that belongs to no question', async () => {
    const content = submission();
    content.set(
      'answers.md',
      Uint8Array.from([
        ...text('# My report\n\n<script>alert(1)</script> hello\n\n'),
        ...answers(),
      ]),
    );
    expect((await graded(content)).answers[0]).toMatchObject({
      question: null,
      text: expect.stringContaining('hello'),
    });
  });

  it('breaks one check and no other when something of ours fails', async () => {
    const content = filesInMemory(submission());
    const kernels = {
      ...createOracleKernels(),
      matmul: () => {
        throw new Error('boom');
      },
    };
    const grade = await gradeSubmission({ lab, files: content, kernels, datasets, student: 'jo' });
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'broken',
      points: null,
      message: expect.stringContaining('boom'),
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    expect(grade.outcomes[2]?.outcome).toBe('passed');
    expect(grade.score).toBeNull();
  });
});
