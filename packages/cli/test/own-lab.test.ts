import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runInProcess } from './harness.ts';

/** Images of 2 × 2 pixels: bright above or bright below, with a little noise that a counter makes. */
function pictures(count: number): { images: Uint8Array; labels: Uint8Array } {
  const labels = Uint8Array.from({ length: count }, (_, index) => (index * 7) % 2);
  const images = Uint8Array.from({ length: count * 4 }, (_, at) => {
    const bright = Math.floor((at % 4) / 2) === labels[Math.floor(at / 4)];
    return (bright ? 180 : 20) + ((at * 13) % 50);
  });
  return { images: idx([count, 2, 2], images), labels: idx([count], labels) };
}

function idx(shape: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

const train = pictures(80);
const test = pictures(30);

const split = (count: number, part: typeof train, name: string) => ({
  count,
  images: { name: `${name}-images`, sha256: digest(part.images) },
  labels: { name: `${name}-labels`, sha256: digest(part.labels) },
});
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const dense = (units: number, activation: string, config = {}) => ({
  class_name: 'Dense',
  config: { name: activation, units, activation, ...config },
});

const LAB = {
  id: 'bars',
  title: 'Bars',
  version: '1.0.0',
  datasets: [
    {
      id: 'bar-images',
      title: 'Bars',
      credit: 'nobody',
      classes: ['above', 'below'],
      imageShape: [2, 2, 1],
      train: split(80, train, 'train'),
      test: split(30, test, 'test'),
    },
  ],
  exercises: [
    {
      id: 'bars-mlp',
      title: 'One hidden layer',
      recipe: {
        dataset: 'bar-images',
        inputShape: [4],
        inputScale: '1/255',
        model: {
          name: 'bars',
          layers: [dense(4, 'relu', { batch_input_shape: [null, 4] }), dense(2, 'softmax')],
        },
        loss: 'sparse_categorical_crossentropy',
        optimizer: {
          class_name: 'SGD',
          learning_rate: 0.1,
          momentum: 0,
          nesterov: false,
          decay: 0,
        },
        batchSize: 10,
        epochs: 2,
        validation: { from: 'none' },
        shuffle: true,
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
      checks: [{ kind: 'architecture', points: 1 }],
    },
  ],
};

describe('a lab of the user’s own', () => {
  let work: string;
  let lab: string;
  const run = (...args: string[]) => runInProcess(['--labs', lab, ...args], join(work, 'cache'));

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-own-lab-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    lab = join(work, 'labs', 'bars');
    await mkdir(lab, { recursive: true });
    await writeFile(join(lab, 'lab.json'), JSON.stringify(LAB));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    const files = join(work, 'files');
    await mkdir(files);
    for (const [name, part] of Object.entries({ train, test })) {
      await writeFile(join(files, `${name}-images`), part.images);
      await writeFile(join(files, `${name}-labels`), part.labels);
    }
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('stands in the list, given by its own folder or the one above', async () => {
    for (const folder of [lab, join(work, 'labs')]) {
      const { out } = await runInProcess(['labs', 'bars', '--labs', folder], join(work, 'cache'));
      expect(out).toContain('bars — Bars (version 1.0.0, 1 points)');
      expect(out).toContain('bars-mlp: bar-images, 30 parameters, 2 epochs; not calibrated yet');
    }
  });

  it('says which data are missing, takes them, is calibrated in its folder and verified', async () => {
    const early = await run('run', 'bars');
    expect(early).toMatchObject({ exitCode: 2, err: expect.stringContaining('dataset-not-added') });
    const added = await run('datasets', 'add', 'bar-images', join(work, 'files'));
    expect(added.exitCode).toBe(0);
    const uncalibrated = await run('verify', 'bars');
    expect(uncalibrated).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('verdict: not-run'),
    });
    const calibration = await run('calibrate', 'bars', '--trials', '3', '--jobs', '1');
    expect(calibration.exitCode).toBe(0);
    const bands: unknown = JSON.parse(await readFile(join(lab, 'bands', 'bars-mlp.json'), 'utf8'));
    expect(bands).toMatchObject({ exercise: 'bars-mlp', n: 3 });
    const night = await run('verify', 'bars');
    expect(night).toMatchObject({ exitCode: 0, out: expect.stringContaining('identity ok') });
  });

  it.each([
    [{ ...LAB, title: 7 }, 'lab-invalid', 'title: '],
    [{ ...LAB, id: 'image-recognition' }, 'lab-id-taken', 'image-recognition'],
    [{ ...LAB, questions: [] }, 'lab-invalid', 'questions: '],
  ])('is refused when it is wrong (%#)', async (content, code, message) => {
    const folder = join(work, code);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'lab.json'), JSON.stringify(content));
    await writeFile(join(folder, 'introduction.md'), 'Wrong.\n');
    const { exitCode, err } = await runInProcess(['--labs', folder, 'labs'], join(work, 'cache'));
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain(message);
  });

  it('is asked for where there is none', async () => {
    const { exitCode, err } = await runInProcess(
      ['--labs', join(work, 'files'), 'labs'],
      join(work, 'cache'),
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('[lab-folder-empty]');
  });
});
