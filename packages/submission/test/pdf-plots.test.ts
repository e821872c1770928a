import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../src/answers/read-answers.ts';
import { answerPictures } from '../src/pictures/answer-pictures.ts';
import { identify } from '../src/files/identify.ts';
import { filesInMemory } from '../src/files/submission-files.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';
import { png } from './support/pictures.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';

const pdf = readFileSync(
  new URL('../../../fixtures/answers/pdf-with-plots/submission/answers.pdf', import.meta.url),
);

async function picturesOf(extra: ReadonlyMap<string, Uint8Array>): Promise<(string | undefined)[]> {
  const files = filesInMemory(new Map([['answers.pdf', new Uint8Array(pdf)], ...extra]));
  const { answers, images } = identify(files, lab, kinds);
  const read = await readAnswers(answers, lab, kinds, DEFAULT_LIMITS.answers);
  const pictures = answerPictures(lab, kinds, read.answers, images, files).get('q3') ?? [];
  return pictures.map(({ path, refused }) => refused?.code ?? path);
}

describe('plots of answers in a PDF', () => {
  it('are left to a person, unless they come as files too', async () => {
    expect(await picturesOf(new Map())).toEqual(['image-in-pdf']);
    expect(await picturesOf(new Map([['q3.png', png()]]))).toEqual(['q3.png']);
  });
});
