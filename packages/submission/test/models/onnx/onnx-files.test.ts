import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesInMemory } from '../../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../../src/models/model-limits.ts';
import { type SubmittedModel, readModel } from '../../../src/models/submitted-model.ts';
import { fileCases, measuredElsewhere, openMeasurement } from '../predictions.ts';
import { exercises } from '../pytorch/exercises.ts';

const ROOT = fileURLToPath(new URL('../../../../../fixtures/onnx-files/', import.meta.url));

const cases = fileCases(ROOT);

function read(file: string): Promise<SubmittedModel> {
  const path = file.slice(file.indexOf('/') + 1);
  const content = new Map([[path, new Uint8Array(readFileSync(`${ROOT}${file}`))]]);
  return readModel(
    { exercise: null, path, format: 'onnx', refused: null, found: [] },
    filesInMemory(content),
    { limits: MODEL_LIMITS, openForeign: async () => null, exercises },
  );
}

describe('files that PyTorch and tf2onnx exported to ONNX', () => {
  let measure: Awaited<ReturnType<typeof openMeasurement>>;
  beforeAll(async () => {
    measure = await openMeasurement();
  });

  it('are there from three versions of PyTorch, in both of its exporters, and from tf2onnx', () => {
    const folders = cases.map(({ file }) => file.slice(0, file.indexOf('/')));
    expect([...new Set(folders)].toSorted()).toEqual([
      'onnx-1.23.2',
      'tf2onnx-1.17.0',
      'torch-1.13.1',
      'torch-2.1.2',
      'torch-2.15.0',
    ]);
    expect(cases.filter(({ name }) => name.includes('dynamo')).length).toBeGreaterThan(8);
    expect(cases.length).toBeGreaterThan(50);
  });

  it.each(cases)('$file: predicts what onnxruntime predicts', async ({ file, expected }) => {
    expect(measure(await read(file), expected)).toEqual(measuredElsewhere(expected));
  });
});
