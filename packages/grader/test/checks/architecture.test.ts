import { describe, expect, it } from 'vitest';
import { dense } from '../../../submission/test/support/lab.ts';
import { modelFiles, network, seeingWeights } from '../../../submission/test/support/models.ts';
import { check, graded, submission } from '../support/whole-submission.ts';

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
