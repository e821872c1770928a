import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesInMemory } from '../../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../../src/models/model-limits.ts';
import { type SubmittedModel, readModel } from '../../../src/models/submitted-model.ts';
import { NO_CODE, type TorchCode, torchCode } from '../../../src/models/pytorch/torch-code.ts';
import { fileCases, measuredElsewhere, openMeasurement } from '../predictions.ts';
import { exercises } from './exercises.ts';

const ROOT = fileURLToPath(new URL('../../../../../fixtures/pytorch-files/', import.meta.url));

/** Networks whose state_dict is no exercise's here: the code says what lies between its arrays. */
const WITHOUT_EXERCISE = /^(?:residual|sequential-(?!perceptron)[a-z]+(?:-legacy)?)\.(?:pt|pth)$/u;
/** Networks that are an exercise's, but for the order of their layers in the file. */
const EXERCISE: Readonly<Record<string, string>> = {
  perceptron: 'perceptron',
  digits: 'digits',
  'out-of-order': 'digits',
  photographs: 'photographs',
};
const NETWORKS = readFileSync(`${ROOT}networks.py`, 'utf8');

/** The code of the fixtures, with one line that makes a network of a kind. */
function codeOf(network: string): () => TorchCode {
  return torchCode(
    [NETWORKS, `model = ${network.replaceAll('-', '_')}()\n`].map((text) => ({
      text,
      exercise: null,
    })),
  );
}

const cases = fileCases(ROOT);

async function read(
  file: string,
  exercise: string | null,
  code: () => TorchCode = () => NO_CODE,
): Promise<SubmittedModel> {
  const path = file.slice(file.indexOf('/') + 1);
  const content = new Map([[path, new Uint8Array(readFileSync(`${ROOT}${file}`))]]);
  const format = file.endsWith('.safetensors') ? 'safetensors' : 'pytorch';
  return readModel({ exercise, path, format, refused: null, found: [] }, filesInMemory(content), {
    limits: MODEL_LIMITS,
    openForeign: async () => null,
    exercises,
    code,
  });
}

describe('files that PyTorch saved', () => {
  let measure: Awaited<ReturnType<typeof openMeasurement>>;
  beforeAll(async () => {
    measure = await openMeasurement();
  });

  it('are there from three versions, thirty of each and more', () => {
    const versions = cases.map(({ file }) => file.slice(0, file.indexOf('/')));
    expect([...new Set(versions)].toSorted()).toEqual([
      'torch-1.13.1',
      'torch-2.1.2',
      'torch-2.15.0',
    ]);
    for (const version of versions) {
      expect(versions.filter((each) => each === version).length).toBeGreaterThan(30);
    }
  });

  it.each(cases.filter(({ name }) => !WITHOUT_EXERCISE.test(name)))(
    '$file: predicts what PyTorch predicts, from the file and the exercise alone',
    async ({ file, expected }) => {
      const model = await read(file, EXERCISE[expected.network] ?? null);
      expect(measure(model, expected)).toEqual(measuredElsewhere(expected));
    },
  );

  it.each(cases)(
    '$file: predicts what PyTorch predicts, with the code',
    async ({ file, expected }) => {
      const exercise = EXERCISE[expected.network] ?? null;
      const model = await read(file, exercise, codeOf(expected.network));
      expect(measure(model, expected)).toEqual(measuredElsewhere(expected));
    },
  );

  it.each(cases.filter(({ name }) => WITHOUT_EXERCISE.test(name)))(
    '$file: is refused without its code, since nothing says what lies between its arrays',
    async ({ file }) => {
      const model = await read(file, null);
      expect(model).toMatchObject({
        state: 'refused',
        refusal: { code: 'pytorch-structure' },
      });
    },
  );

  it.each([
    ['dilation', 'self.conv2 = nn.Conv2d(4, 6, 3, 1, padding=1, dilation=2)', /dilation=2/u],
    ['groups', 'self.conv2 = nn.Conv2d(4, 6, 3, 1, groups=2)', /groups=2/u],
  ])(
    'are refused by name where the code says %s, though all arrays fit the exercise',
    async (_, line, message) => {
      const [own = ''] = NETWORKS.slice(NETWORKS.indexOf('class Digits')).split(
        /\n(?=class |def )/u,
      );
      const code = own.replace('self.conv2 = nn.Conv2d(4, 6, 3, 1)', line);
      expect(code).not.toBe(own);
      const model = await read(
        'torch-2.15.0/digits.pt',
        'digits',
        torchCode([{ text: code, exercise: null }]),
      );
      expect(model).toMatchObject({
        state: 'refused',
        refusal: { code: 'pytorch-layer', message: expect.stringMatching(message) },
      });
    },
  );
});
