import { createOracleKernels } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../../src/grade/grade.ts';
import { gradeSubmission } from '../../src/grade/grade-submission.ts';
import { filesInMemory } from '../../../submission/src/files/submission-files.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import {
  editedModel,
  modelFiles,
  network,
  seeingWeights,
  text,
} from '../../../submission/test/support/models.ts';
import { datasets } from '../support/squares.ts';
import { kerasFile } from '../../../submission/test/models/keras-reader.ts';
import { writeModelH5 } from '../../../submission/test/models/keras-writer.ts';

function graded(models: readonly (readonly [string, Uint8Array])[]): Promise<Grade> {
  const answers = text('## Question 4\n\nThe accuracy is 0.90.\n');
  return gradeSubmission({
    lab,
    files: filesInMemory(new Map([['answers.md', answers], ...models])),
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
  });
}

describe('a submission with Keras files', () => {
  it('is graded like one with the same networks from TF.js', async () => {
    const tfjs = await graded([
      ...modelFiles('models/squares-linear', network('linear'), seeingWeights()),
      ...modelFiles('models/squares-relu', network('relu'), seeingWeights()),
    ]);
    const keras = await graded([
      ['models/squares-linear.h5', await writeModelH5(network('linear'), seeingWeights())],
      // No exercise's name, so its layers decide.
      ['models/my final model.keras', await writeModelH5(network('relu'), seeingWeights())],
    ]);
    const measured = ({ models }: Grade): unknown =>
      models.map(({ exercise, digest, layers, evaluation }) => ({
        exercise,
        digest,
        layers,
        evaluation,
      }));
    expect(measured(keras)).toEqual(measured(tfjs));
    expect(keras.models.map(({ format }) => format)).toEqual(['keras-h5', 'keras-h5']);
    expect(keras.models[0]?.evaluation?.accuracy).toBe(0.9);
    const points = ({ outcomes }: Grade): unknown =>
      outcomes.map(({ question, outcome, points }) => [question, outcome, points]);
    expect(points(keras)).toEqual(points(tfjs));
  });

  it('says so where TensorFlow.js has evaluated it', async () => {
    const files = editedModel('models/squares-linear', ({ modelTopology }) => {
      const { layers } = modelTopology.model_config.config;
      layers.splice(1, 0, { class_name: 'Permute', config: { name: 'order', dims: [1] } });
    });
    const [ours, theirs] = [
      await graded(modelFiles('models/squares-linear', network('linear'), seeingWeights())),
      await graded([...files]),
    ].map(({ models }) => models[0]?.evaluation);
    expect(ours?.evaluatedBy).toBeUndefined();
    expect(theirs?.evaluatedBy).toMatch(
      /^TensorFlow\.js 4\.\d+\.\d+, wasm backend; agrees within tolerance/u,
    );
    expect(theirs?.confusion).toEqual(ours?.confusion);
    expect(theirs?.loss).toBeCloseTo(ours?.loss ?? 0, 5);
  });

  it('earns nothing with a file that must not be read, and keeps the points of the other', async () => {
    const grade = await graded([
      ['models/squares-linear.h5', kerasFile('hostile/external-link.h5')],
      ['models/squares-relu.h5', await writeModelH5(network('relu'), seeingWeights())],
    ]);
    const [linear, relu] = grade.models;
    expect(linear).toMatchObject({ exercise: 'squares-linear', refused: { code: 'hdf5-link' } });
    expect(relu).toMatchObject({ exercise: 'squares-relu', refused: null });
    expect(relu?.evaluation?.accuracy).toBe(0.9);
    expect(grade.status).not.toBe('broken');
    const checks = grade.outcomes.flatMap((outcome) => outcome.checks);
    expect(checks.filter(({ outcome }) => outcome === 'broken')).toEqual([]);
  });
});
