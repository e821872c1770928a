import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { cifar10 } from '../../src/datasets/cifar10.ts';
import type { SourceFormat } from '../../src/datasets/definition.ts';
import { datasetDigest } from '../../src/datasets/definition.ts';
import { loadDataset } from '../../src/datasets/load.ts';
import { LabproofError } from '../../src/errors/labproof-error.ts';

const [png, binary] = cifar10.formats;
if (png === undefined || binary === undefined) throw new Error('two formats were expected');

/** Stored arrays that are as large as the real ones only where a test writes. */
function stored(): Map<string, Uint8Array> {
  return new Map(cifar10.stored.map(({ name, bytes }) => [name, new Uint8Array(bytes)]));
}

function refusal(format: SourceFormat, name: string, bytes: Uint8Array): string {
  try {
    format.place(name, bytes, stored());
  } catch (error) {
    if (error instanceof LabproofError && error.code === 'dataset-file-malformed') {
      return error.message;
    }
    throw error;
  }
  throw new Error('the file was accepted');
}

function secondBatch(files: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined {
  return files.get('train-images')?.subarray(30_720_000, 61_440_000);
}

/** 10,000 images whose bytes follow from their place, as they are stored. */
function pattern(): Uint8Array {
  const bytes = new Uint8Array(10_000 * 3072);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = (index * 7 + (index >> 12)) & 255;
  return bytes;
}

describe('CIFAR-10', () => {
  it('has its published shape', () => {
    expect(cifar10.classes).toHaveLength(10);
    expect([cifar10.trainCount, cifar10.testCount, ...cifar10.imageShape]).toEqual([
      50_000, 10_000, 32, 32, 3,
    ]);
    expect(cifar10.stored.map(({ bytes }) => bytes)).toEqual([
      153_600_000, 50_000, 30_720_000, 10_000,
    ]);
    expect(datasetDigest(cifar10.arrays)).toBe(
      '6661b8aa3eea79c72ce502cf2249442e5e5c6a24dd747cc57de3181fb6cb98e6',
    );
  });

  it('takes images from rows of pixels and from colour planes alike', () => {
    const pixels = pattern();
    const rows = encode(
      { width: 1024, height: 10_000, channels: 3, depth: 8, data: pixels },
      { zlib: { level: 1 } },
    );
    const records = new Uint8Array(10_000 * 3073);
    for (let image = 0; image < 10_000; image += 1) {
      records[image * 3073] = image % 10;
      for (let pixel = 0; pixel < 1024; pixel += 1) {
        for (let channel = 0; channel < 3; channel += 1) {
          records[image * 3073 + 1 + channel * 1024 + pixel] =
            pixels[image * 3072 + pixel * 3 + channel] ?? 0;
        }
      }
    }
    const fromRows = stored();
    png.place('data_batch_2.png', rows, fromRows);
    const fromPlanes = stored();
    binary.place('data_batch_2.bin', records, fromPlanes);
    expect(Buffer.compare(secondBatch(fromRows) ?? Buffer.of(), pixels)).toBe(0);
    expect(Buffer.compare(secondBatch(fromPlanes) ?? Buffer.of(), pixels)).toBe(0);
    const labels = fromPlanes.get('train-labels');
    expect([...(labels?.subarray(9_998, 10_003) ?? [])]).toEqual([0, 0, 0, 1, 2]);
    expect([...(labels?.subarray(19_999, 20_001) ?? [])]).toEqual([9, 0]);
  });

  it('takes the labels', () => {
    const files = stored();
    const labels = Array.from({ length: 10_000 }, (_, index) => index % 10);
    png.place('test_lables.json', Buffer.from(JSON.stringify(labels)), files);
    expect([...(files.get('test-labels')?.subarray(8, 12) ?? [])]).toEqual([8, 9, 0, 1]);
  });

  it.each([
    ['a list that is too short', '[1,2,3]', /holds 3 labels instead of 10000/],
    ['a label outside', `[${'10,'.repeat(9999)}1]`, /labels from 0 to 9/],
    ['no JSON', 'labels', /labels from 0 to 9/],
  ])('refuses labels with %s', (_, text, why) => {
    expect(refusal(png, 'test_lables.json', Buffer.from(text))).toMatch(why);
  });

  it('refuses an image of another size before decoding it', () => {
    const small = encode({ width: 2, height: 2, channels: 3, depth: 8, data: new Uint8Array(12) });
    expect(refusal(png, 'test_batch.png', small)).toContain('not a PNG image of 1024 × 10,000');
    const liar = small.slice();
    new DataView(liar.buffer).setUint32(16, 1024);
    new DataView(liar.buffer).setUint32(20, 10_000);
    expect(refusal(png, 'test_batch.png', liar)).toContain('not a file of CIFAR-10');
    expect(refusal(png, 'test_batch.png', Buffer.from('PNG'))).toContain('1024 × 10,000');
  });

  it('refuses records that are cut short', () => {
    expect(refusal(binary, 'test_batch.bin', new Uint8Array(3073))).toContain('3073 bytes long');
  });
});

describe('the real CIFAR-10', () => {
  it('has the published labels, class sizes and channel means', async () => {
    const { train, test } = await loadDataset('cifar10');
    expect([...train.labels.subarray(0, 5)]).toEqual([6, 9, 9, 4, 1]);
    expect([...test.labels.subarray(0, 5)]).toEqual([3, 8, 8, 0, 6]);
    for (const { labels, count } of [train, test]) {
      const sizes = Array.from({ length: 10 }, () => 0);
      for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
      expect(sizes).toEqual(Array.from({ length: 10 }, () => count / 10));
    }
    const sums = [0, 0, 0];
    for (let index = 0; index < train.images.length; index += 3) {
      for (let channel = 0; channel < 3; channel += 1) {
        sums[channel] = (sums[channel] ?? 0) + (train.images[index + channel] ?? 0);
      }
    }
    const means = sums.map((sum) => (sum / (255 * 1024 * train.count)).toFixed(4));
    expect(means).toEqual(['0.4914', '0.4822', '0.4465']);
  });
});
