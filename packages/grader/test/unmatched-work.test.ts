import { describe, expect, it } from 'vitest';
import type { Grade } from '../src/grade/grade.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { gradeOf } from './support/grade-of.ts';

const outcomes = ({ outcomes }: Grade): string[] => [
  ...new Set(outcomes.map(({ outcome }) => outcome)),
];

describe('work that could be matched to nothing', () => {
  it.each([
    [
      'a document without labels',
      { 'lab.md': 'I trained a network for ten epochs and it reached 92 %.' },
    ],
    ['a file of no known kind', { 'lab.xyz': 'something' }],
    ['a history that cannot be read', { 'histories/squares-relu.csv': 'epoch,loss\n0,1\n' }],
  ])('goes to a person and is no final zero: %s', async (_, files) => {
    const grade = await gradeOf(files);
    expect(grade.status).toBe('needs-review');
    expect(outcomes(grade)).toEqual(['needs-review']);
    expect(grade.pending).toBe(grade.max);
  });

  it('changes nothing where an answer was found', async () => {
    const grade = await gradeOf({
      'answers.md': '# Question 1\n\nSorting parcels by their marks.\n',
    });
    expect(outcomes(grade)).toContain('missing');
  });

  it.each(['models.7z', 'work/models.tar.gz'])(
    'asks a person for what is missing beside %s, which nobody can look into',
    async (name) => {
      const grade = await gradeOf({
        'answers.md': '# Question 1\n\nSorting parcels by their marks.\n',
        [name]: 'x',
      });
      expect(outcomes(grade)).not.toContain('missing');
      expect(grade.status).toBe('needs-review');
      expect(grade.outcomes.at(-1)?.message).toContain(`${name} could not be opened`);
    },
  );

  it.each(['more/q5.md', 'Question 6 (1).txt', 'answer_3a.html'])(
    'asks a person for what is missing beside %s, which is not read beside answers.md',
    async (name) => {
      const grade = await gradeOf({
        'answers.md': '# Question 1\n\nSorting parcels by their marks.\n',
        [name]: 'The test accuracy is 0.9237.',
      });
      expect(outcomes(grade)).not.toContain('missing');
      expect(grade.status).toBe('needs-review');
      expect(grade.outcomes.at(-1)?.message).toContain(`${name} lies beside the answers`);
    },
  );

  it.each([
    'rest of it.doc',
    'more/lab.odt',
    'q2.pages',
    'work.z01',
    'work.zip.001',
    'work.part2.rar',
  ])('asks a person for what is missing beside %s, which is not read', async (name) => {
    const answers = '# Question 1\n\nSorting parcels by their marks.\n';
    const grade = await gradeOf({ 'answers.md': answers, [name]: 'x' });
    expect(outcomes(grade)).not.toContain('missing');
    expect(grade.status).toBe('needs-review');
  });

  it.each([
    [{ 'IMG_1.jpg': 'x', 'IMG_2.jpg': 'x' }, 'needs-review'],
    [{ 'work.xyz': 'x' }, 'needs-review'],
    [{ lab: 'PK\u0003\u0004 a zip without its ending' }, 'needs-review'],
    [{ 'README.md': 'how to start', 'train.py': 'print(1)' }, 'final'],
    [{}, 'final'],
  ])('looks at what lies beside a template that nobody filled in: %j', async (files, status) => {
    const grade = await gradeOf({ 'answers.md': '# Question 1\n\n# Question 2\n', ...files });
    expect(grade.status).toBe(status);
    expect(grade.score).toBe(0);
  });

  it.each(['notes.md', 'exercise 5.html', 'lab 1.md', 'plan-b.md'])(
    'takes %s beside answers.md for no answer of a question',
    async (name) => {
      const answers = '# Question 1\n\nSorting parcels by their marks.\n';
      const grade = await gradeOf({ 'answers.md': answers, [name]: answers });
      expect(outcomes(grade)).toContain('missing');
    },
  );

  it('is no final zero where an answer is all there is, and the model that it speaks of is not', async () => {
    const grade = await gradeOf({ 'README.md': '# Question 4\n\nThe test accuracy is 0.9237.\n' });
    const q4 = grade.outcomes.find(({ question }) => question === 'q4');
    expect(q4?.outcome).toBe('needs-review');
    expect(q4?.message).toContain('nothing of the submission could be graded without it');
    expect([grade.status, grade.score, grade.pending]).toEqual(['needs-review', 0, q4?.max]);
    // The others were not answered.
    expect(outcomes(grade)).toEqual(['missing', 'needs-review']);
  });

  it('reads a README that answers questions where nothing else does', async () => {
    const grade = await gradeOf({
      'README.md': '# Question 1\n\nSorting parcels by their marks.\n',
    });
    expect(grade.outcomes[0]?.outcome).toBe('needs-review');
    expect(grade.files[0]).toMatchObject({ path: 'README.md', role: 'answers' });
    expect(grade.answers[0]?.text).toBe('Sorting parcels by their marks.');
  });

  it('reads a README that is a notebook or a page as one that is a text', async () => {
    const cells = [{ cell_type: 'markdown', source: ['# Question 1\n', 'Sorting parcels.'] }];
    const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    for (const [path, content] of [
      ['ReadMe.ipynb', notebook],
      ['README.html', '<html><body><h2>Question 1</h2><p>Sorting parcels.</p></body></html>'],
    ] as const) {
      const grade = await gradeOf({ [path]: content });
      expect(grade.files[0]).toMatchObject({ path, role: 'answers' });
    }
  });

  it.each(['lab.7z', 'lab.rar', 'lab.tar.gz', 'lab.tgz'])(
    'refuses %s by its name',
    async (name) => {
      const grade = await gradeOf({ [name]: 'x' });
      const questions = grade.outcomes.filter(({ outcome }) => outcome === 'refused');
      expect(questions.length).toBeGreaterThan(0);
      expect(questions[0]?.message).toContain(`${name} (`);
      expect(grade.status).toBe('refused');
      expect(grade.problem?.code).toBe('archive-format');
    },
  );

  it('takes the files of one checkpoint, and of one package, for one model', async () => {
    const exercise = lab.exercises[0]?.id ?? '';
    const grade = await gradeOf({
      'models/checkpoint': 'x',
      [`models/${exercise}.index`]: 'x',
      [`models/${exercise}.data-00000-of-00002`]: 'x',
      [`models/${exercise}.data-00001-of-00002`]: 'x',
      'other/net.mlpackage/Manifest.json': '{}',
      'other/net.mlpackage/Data/model.mlmodel': 'x',
      'saved/saved_model.pb': 'x',
      'saved/variables/variables.index': 'x',
      'saved/variables/variables.data-00000-of-00001': 'x',
    });
    const models = grade.files.filter(({ role }) => role === 'model');
    expect(models.map(({ path }) => path)).toEqual([
      `models/${exercise}.index`,
      'other/net.mlpackage/Manifest.json',
      'saved/saved_model.pb',
    ]);
  });

  it.each([
    ['net.pt2', 'a program of torch.export'],
    ['net.tflite', 'a model of TensorFlow Lite'],
    ['net/saved_model.pb', 'a SavedModel of TensorFlow'],
    ['net.npz', 'a file of NumPy’s arrays'],
    ['net.mlpackage/Manifest.json', 'a model of Core ML'],
    ['net.ckpt.index', 'part of a checkpoint'],
    ['net.data-00000-of-00001', 'part of a checkpoint'],
    ['net.joblib', 'a pickled object'],
    ['net.RData', 'a file of R’s own objects'],
    ['net.mat', 'a file of MATLAB’s variables'],
  ])('refuses %s as what it is', async (name, what) => {
    const exercise = lab.exercises[0]?.id ?? '';
    const grade = await gradeOf({
      'answers.md': '# Question 1\n\nSorting parcels by their marks.\n',
      [`models/${name.replace('net', exercise)}`]: 'x',
    });
    expect(grade.models[0]?.refused).toMatchObject({ code: 'model-framework' });
    expect(grade.models[0]?.refused?.message).toContain(what);
    expect(JSON.stringify(grade.outcomes)).not.toContain(`No model for ${exercise} `);
  });
});
