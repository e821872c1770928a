// Runs alone: it starts a browser.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handedIn } from '@labproof/class';
import { GradeSchema } from '@labproof/grader';
import { PagePictures } from '@labproof/report';

import { afterAll, describe, expect, it } from 'vitest';
import { submissionDigest } from '../../submission/src/files/submission-digest.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import type { AnswerView, PagesView, QueueView } from '../src/server/protocol.ts';
import { serveForTest, teamOf, type TestRoom } from './support/served-room.ts';
import { gradedFolder } from './support/small-class.ts';

const fixture = fileURLToPath(
  new URL('../../../fixtures/answers/pdf-of-r-markdown/submission/', import.meta.url),
);
const pictures = new PagePictures();
afterAll(() => pictures.close());

/** A class of one who has handed in a PDF, read for the first question, and of one who has not. */
async function room(): Promise<TestRoom & { readonly work: string }> {
  const folder = gradedFolder({
    amy: { name: 'Amy Doe', answers: { q1: 'Sorting buttons by shade helps a tailor.' } },
    bob: { name: 'Bob Roe', answers: { q1: 'Something in Markdown.' } },
  });
  const work = mkdtempSync(join(tmpdir(), 'labproof-work-'));
  cpSync(fixture, join(work, 'amy'), { recursive: true });
  const bytes = readFileSync(join(work, 'amy', 'answers.pdf'));
  const digest = submissionDigest(filesInMemory(new Map([['answers.pdf', bytes]])));
  const path = join(folder, 'grades.json');
  const grades = GradeSchema.array()
    .parse(JSON.parse(readFileSync(path, 'utf8')))
    .map((grade) =>
      grade.student === 'bob'
        ? grade
        : {
            ...grade,
            files: [{ path: 'answers.pdf', role: 'answers', matched: ['q1'], why: 'its name' }],
            provenance: { ...grade.provenance, submissionDigest: digest },
          },
    );
  writeFileSync(path, `${JSON.stringify(grades, null, 2)}\n`);
  const pages = { handedIn: handedIn([work], folder), pictures };
  return { ...(await serveForTest(folder, teamOf(['lea']), new Map(), pages)), work };
}

async function views({ ask }: TestRoom): Promise<AnswerView[]> {
  const { value } = await ask<QueueView>('lea', 'queue?question=q1');
  const found = await Promise.all(
    value.answers.map(({ id }) => ask<AnswerView>('lea', `answer?id=${id}`)),
  );
  return found.map((answer) => answer.value);
}

describe('the page of a PDF beside its answer', () => {
  it('is drawn from what was handed in, as it was graded', async () => {
    const open = await room();
    const answers = await views(open);
    expect(answers.map(({ pdf }) => pdf).toSorted()).toEqual([false, true]);
    const id = answers.find(({ pdf }) => pdf)?.id ?? '';
    const { value } = await open.ask<PagesView>('lea', `pages?id=${id}`);
    expect(value).toMatchObject({ problem: null, pages: [{ number: 1, width: 1000 }] });
    const other = answers.find(({ pdf }) => !pdf)?.id ?? '';
    expect((await open.ask<PagesView>('lea', `pages?id=${other}`)).value).toEqual({
      pages: [],
      problem: 'The answer was not in a PDF.',
    });
    await open.close();
  });

  it('is not that of another file, and its absence is told', async () => {
    const open = await room();
    const path = join(open.work, 'amy', 'answers.pdf');
    writeFileSync(path, readFileSync(path).subarray(1));
    const id = (await views(open)).find(({ pdf }) => pdf)?.id ?? '';
    const { status, value } = await open.ask<PagesView>('lea', `pages?id=${id}`);
    expect(status).toBe(200);
    expect(value).toEqual({ pages: [], problem: expect.stringContaining('is another now') });
    expect(open.faults).toEqual([]);
    await open.close();
  });
});
