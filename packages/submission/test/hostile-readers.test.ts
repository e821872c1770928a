import { describe, expect, it } from 'vitest';
import { answerPictures } from '../src/pictures/answer-pictures.ts';
import { readMarkdownAnswers } from '../src/answers/markdown-answers.ts';
import { filesInMemory } from '../src/files/submission-files.ts';
import { readOrRefuse } from '../src/refusal.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';
import { png } from './support/pictures.ts';

const plotQuestion = lab.questions.find(({ checks }) => checks.some(({ kind }) => kind === 'plot'));
const heading = `# Question ${plotQuestion?.number}\n\n`;

function picturesIn(answer: string, files: ReadonlyMap<string, Uint8Array> = new Map()) {
  const answers = readMarkdownAnswers(heading + answer, 'answers.md', lab, kinds);
  return (
    answerPictures(lab, kinds, answers, [], filesInMemory(files)).get(plotQuestion?.id ?? '') ?? []
  );
}

describe('what a reader throws on a student’s bytes', () => {
  it.each([
    () => [].reduce((a) => a),
    () => 'x'.repeat(2 ** 30),
    () => decodeURIComponent('%'),
    function deep(): never {
      return deep();
    },
  ])('is a refusal and not our fault: %s', (read) => {
    expect(readOrRefuse(read).refused).toMatchObject({ code: 'reader-failed' });
  });

  it.each(['AAAAA', '====', 'AA=A', 'A'])('refuses base64 that is none: %s', (content) => {
    const [picture] = picturesIn(`![x](data:image/png;base64,${content})`);
    expect(picture?.refused?.code ?? picture?.content).toMatch(/^image-(?:embedded|unreadable)$/u);
  });
});

describe('pictures', () => {
  it('are decoded once, however often they are shown', () => {
    const content = png();
    let reads = 0;
    const files = filesInMemory(new Map([['p.png', content]]));
    const counted = {
      ...files,
      files: files.files.map((file) => ({
        ...file,
        read: () => {
          reads += 1;
          return file.read();
        },
      })),
    };
    const answers = readMarkdownAnswers(
      heading + '![a](p.png)\n\n'.repeat(8),
      'answers.md',
      lab,
      kinds,
    );
    const shown =
      answerPictures(lab, kinds, answers, [], counted).get(plotQuestion?.id ?? '') ?? [];
    expect(shown).toHaveLength(8);
    // The same object: nothing was decoded a second time.
    expect(new Set(shown.map(({ content }) => content)).size).toBe(1);
    expect(reads).toBe(8);
  });
});
