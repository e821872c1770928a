import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bandsFiles, findExercise, findLab } from '../src/index.ts';

describe('bandsFiles', () => {
  it('names the very file that the lab reads its bands from', async () => {
    const [source] = bandsFiles('image-recognition', 'mnist-mlp-relu');
    if (source === undefined) throw new Error('no file was named');
    const { bands } = findExercise(findLab('image-recognition'), 'mnist-mlp-relu');
    expect(JSON.parse(await readFile(source, 'utf8'))).toEqual(bands);
  });
});
