import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Grade, GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asStateDict, safetensors } from './state-dict.ts';
import { runInProcess } from './harness.ts';

const MODELS = fileURLToPath(
  new URL('../../../fixtures/image-recognition/excellent/submission/models/', import.meta.url),
);
const NOTEBOOK = fileURLToPath(new URL('../../../fixtures/pytorch-notebook/', import.meta.url));
const EXERCISES = ['mnist-mlp-linear', 'mnist-mlp-relu', 'mnist-cnn'];

/** The same weights, once as Keras has them and once as PyTorch does, by two students in words of their own. */
describe('a class with both frameworks', () => {
  let work: string;
  let grades: Record<'keras' | 'pytorch' | 'notebook', Grade>;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-two-frameworks-'));
    for (const student of ['keras', 'pytorch']) {
      await mkdir(join(work, 'class', student, 'models'), { recursive: true });
    }
    for (const exercise of EXERCISES) {
      const json = await readFile(join(MODELS, exercise, 'model.json'), 'utf8');
      const weights = await readFile(join(MODELS, exercise, 'weights.bin'));
      const folder = join(work, 'class', 'keras', 'models', exercise);
      await mkdir(folder);
      await writeFile(join(folder, 'model.json'), json);
      await writeFile(join(folder, 'weights.bin'), weights);
      const converted = safetensors(asStateDict(json, weights));
      await writeFile(
        join(work, 'class', 'pytorch', 'models', `${exercise}.safetensors`),
        converted,
      );
    }
    await writeFile(
      join(work, 'class', 'keras', 'answers.md'),
      answers(
        'The test accuracy of my first network is 0.9178.',
        'With rectified units the accuracy on the test images is 0.9778.',
        `The third network has a test loss of 0.0331 and a test accuracy of 0.9912.

\`\`\`python
model.compile(loss="categorical_crossentropy", metrics=["accuracy"],
              optimizer=keras.optimizers.Adadelta(learning_rate=1.0))
model.fit(x_train, y_train, batch_size=128, epochs=6, validation_split=0.2)
\`\`\``,
      ),
    );
    await writeFile(
      join(work, 'class', 'pytorch', 'answers.md'),
      answers(
        'It got 91.78 % of the test set right (accuracy).',
        'Accuracy on the test data: 97.78 %, far better than before.',
        `Loss on the test images: 0.0331; accuracy on them: 99.12 %.

\`\`\`python
optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0, rho=0.95, eps=1e-7)
criterion = nn.CrossEntropyLoss()
loader = torch.utils.data.DataLoader(train_set, batch_size=128, shuffle=True)
for epoch in range(6):
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
\`\`\``,
      ),
    );
    await cp(join(NOTEBOOK, 'submission'), join(work, 'class', 'notebook'), { recursive: true });
    const out = join(work, 'graded');
    const { exitCode, err } = await runInProcess(
      ['grade', join(work, 'class'), '--lab', 'image-recognition', '--out', out],
      join(work, 'cache'),
    );
    expect(exitCode, err).toBeLessThan(2);
    const read = async (student: string): Promise<Grade> =>
      GradeSchema.parse(JSON.parse(await readFile(join(out, student, 'grade.json'), 'utf8')));
    grades = {
      keras: await read('keras'),
      pytorch: await read('pytorch'),
      notebook: await read('notebook'),
    };
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('reads the same networks in both', () => {
    const measured = (grade: Grade) =>
      grade.models
        .map(({ exercise, parameters, evaluation }) => ({
          exercise,
          parameters,
          accuracy: evaluation?.accuracy,
          misclassified: evaluation?.misclassified,
        }))
        .toSorted((a, b) => (a.exercise ?? '').localeCompare(b.exercise ?? ''));
    expect(measured(grades.pytorch)).toEqual(measured(grades.keras));
    expect(grades.pytorch.models.map(({ format }) => format)).toEqual(
      EXERCISES.map(() => 'safetensors'),
    );
    expect(grades.keras.models).toHaveLength(3);
    for (const [index, { evaluation }] of grades.pytorch.models.entries()) {
      const other = grades.keras.models[index]?.evaluation?.loss ?? 0;
      expect(Math.abs((evaluation?.loss ?? 1) - other)).toBeLessThan(1e-6);
    }
  });

  it('gives both the same grade, check by check', () => {
    const outcomes = ({ outcomes: all }: Grade) =>
      all.map(({ question, outcome, points, checks }) => ({
        question,
        outcome,
        points,
        checks: checks.map((check) => [check.check, check.outcome, check.points]),
      }));
    expect(outcomes(grades.pytorch)).toEqual(outcomes(grades.keras));
    expect(grades.pytorch.score).toBe(grades.keras.score);
    expect(grades.pytorch.score).toBeGreaterThanOrEqual(10);
  });

  it('measures the networks of a notebook after PyTorch’s basic example as PyTorch did', async () => {
    const measured = JSON.parse(await readFile(join(NOTEBOOK, 'measured.json'), 'utf8')) as Record<
      string,
      { loss: number; accuracy: number }
    >;
    expect(grades.notebook.models.map(({ exercise }) => exercise)).toEqual(Object.keys(measured));
    for (const { exercise, evaluation, notes } of grades.notebook.models) {
      const expected = measured[exercise ?? ''];
      expect(evaluation?.accuracy).toBeCloseTo(expected?.accuracy ?? 0, 6);
      expect(evaluation?.loss).toBeCloseTo(expected?.loss ?? 0, 6);
      expect(evaluation?.inputs).toMatchObject({ mean: [0.1307], std: [0.3081], from: 'code' });
      expect((notes ?? []).join(' ')).toContain('its layers were read in the code');
    }
  });

  it('gives every question of that notebook what it deserves', () => {
    const told = grades.notebook.outcomes
      .filter(({ outcome }) => outcome !== 'missing')
      .map(({ question, checks }) => [
        question,
        ...checks.map(({ check, outcome, points }) => `${check} ${outcome} ${points ?? '?'}`),
      ]);
    // Two epochs of six, so history and accuracy fall short; two networks in one notebook have two ways of training.
    expect(told).toEqual([
      [
        'q10',
        'architecture passed 1',
        'metric-in-band passed 1',
        'claim-against-weights:accuracy passed 1',
        'free-text needs-review ?',
      ],
      ['q11', 'plot passed 1', 'history failed 0'],
      [
        'q13',
        'architecture passed 1',
        'recipe needs-review ?',
        'metric-in-band failed 0',
        'claim-against-weights:accuracy passed 1',
        'claim-against-weights:loss passed 1',
      ],
      ['q14', 'misclassified-count passed 1', 'free-text needs-review ?'],
      [
        'q16',
        'code-topology passed 1',
        'plot missing 0',
        'number needs-review ?',
        'free-text needs-review ?',
      ],
    ]);
  });
});

function answers(first: string, second: string, third: string): string {
  return `## Question 5\n\n${first}\n\n## Question 10\n\n${second}\n\n## Question 13\n\n${third}\n`;
}
