import { describe, expect, it } from 'vitest';
import { checkKinds } from '../../grader/src/checks/registry.ts';
import { readAnswers } from '../src/answers/read-answers.ts';
import { identify } from '../src/files/identify.ts';
import { filesInMemory } from '../src/files/submission-files.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { lab } from './support/lab.ts';
import { text } from './support/models.ts';

type Reading = Awaited<ReturnType<typeof readAnswers>>;

async function read(content: Readonly<Record<string, string>>): Promise<Reading> {
  const files = filesInMemory(
    new Map(Object.entries(content).map(([path, value]) => [path, text(value)])),
  );
  const { answers } = identify(files, lab, checkKinds);
  return readAnswers(answers, lab, checkKinds, DEFAULT_LIMITS.answers);
}

const taken = ({ answers }: Reading): string[] =>
  answers
    .filter(({ question, text: said }) => question !== null && said !== '')
    .map(({ question, file }) => `${question} ${file}`);

const cell = (source: string): unknown => ({ cell_type: 'markdown', metadata: {}, source });
const notebook = (...cells: readonly string[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: cells.map(cell) });
const page = (...sections: readonly string[]): string =>
  `<html><body>${sections.join('')}</body></html>`;

const Q1 =
  'Sorting parcels by their shape helps the post office, since nobody has to look at them.';
const Q4 = 'The network reaches an accuracy of 0.9143 on the test images, which is good enough.';

describe('copies of answers by their names', () => {
  it('are taken once where they say the same in other spaces, ends of lines and marks', async () => {
    const reading = await read({
      'answers.md': `## Question 1\n\n${Q1}\n\n## Question 4\n\n${Q4}\n`,
      'answers (1).md': `# Question 1\r\n\r\n${Q1.replace('helps', 'helps\r\n')}\r\n\r\n# Question 4\r\n\r\n*${Q4}*`,
    });
    expect(taken(reading)).toEqual(['q1 answers (1).md', 'q4 answers (1).md']);
    expect(reading.refusals).toEqual([]);
    expect(reading.contested.size).toBe(0);
  });

  it('contest the questions in which they differ, and no other', async () => {
    const reading = await read({
      'answers.md': `## Question 1\n\n${Q1}\n\n## Question 4\n\n${Q4}\n`,
      'answers-1.md': `## Question 1\n\n${Q1}\n\n## Question 4\n\n${Q4.replace('0.9143', '0.9243')}\n`,
    });
    expect(taken(reading)).toEqual(['q1 answers-1.md']);
    expect([...reading.contested.keys()]).toEqual(['q4']);
    expect(reading.refusals.map(({ code }) => code)).toEqual(['versions-differ']);
    const both = reading.answers.filter(({ contests }) => contests === 'q4');
    expect(both.map(({ file }) => file)).toEqual(['answers-1.md', 'answers.md']);
  });

  it('contest what only one of them answers', async () => {
    const reading = await read({
      'answers.md': `## Question 1\n\n${Q1}\n`,
      'answers copy.md': `## Question 1\n\n${Q1}\n\n## Question 4\n\n${Q4}\n`,
    });
    expect([...reading.contested.keys()]).toEqual(['q4']);
  });
});

describe('a document and what was exported from it', () => {
  const source = notebook(`## Question 1\n\n${Q1}`, `## Question 4\n\n${Q4}`);

  it('is taken once', async () => {
    const reading = await read({
      'lab.ipynb': source,
      'lab.html': page(
        `<h2>Question 1</h2><p>${Q1.replace('parcels', 'par\u00ADcels')}</p><p>26/11/2026, 10:31 localhost:8888/lab 1/1</p>`,
        `<h2>Question 4</h2><p>${Q4}</p>`,
      ),
    });
    expect(taken(reading)).toEqual(['q1 lab.ipynb', 'q4 lab.ipynb']);
    expect(reading.contested.size).toBe(0);
  });

  it('contests a figure that is another in the export', async () => {
    const reading = await read({
      'lab.ipynb': source,
      'lab.html': page(
        `<h2>Question 1</h2><p>${Q1}</p>`,
        `<h2>Question 4</h2><p>${Q4.replace('0.9143', '0.9743')}</p>`,
      ),
    });
    expect(taken(reading)).toEqual(['q1 lab.ipynb']);
    const both = reading.answers.filter(({ contests }) => contests === 'q4');
    expect(both.map(({ file }) => file)).toEqual(['lab.ipynb', 'lab.html']);
    expect(reading.contested.get('q4')?.message).toContain('lab.ipynb and lab.html');
  });

  it('contests an answer in other words', async () => {
    const other =
      'It reads the amounts on cheques, and so the bank needs fewer people for that work.';
    const reading = await read({
      'lab.md': `## Question 1\n\n${Q1}\n`,
      'lab.txt': `Question 1:\n${other}\n`,
    });
    expect([...reading.contested.keys()]).toEqual(['q1']);
  });

  it('takes what only the export answers', async () => {
    const reading = await read({
      'lab.ipynb': notebook(`## Question 1\n\n${Q1}`),
      'lab.html': page(`<h2>Question 1</h2><p>${Q1}</p>`, `<h2>Question 4</h2><p>${Q4}</p>`),
    });
    expect(taken(reading)).toEqual(['q1 lab.ipynb', 'q4 lab.html']);
    expect(reading.contested.size).toBe(0);
  });

  it('goes without an export that cannot be read', async () => {
    const reading = await read({ 'lab.ipynb': source, 'lab.pdf': 'no pdf' });
    expect(taken(reading)).toEqual(['q1 lab.ipynb', 'q4 lab.ipynb']);
    expect(reading.refusals).toEqual([]);
  });

  it('is counted once under another name, too, the fullest form of it', async () => {
    const reading = await read({
      'a-report.txt': `Question 1:\n${Q1}\n\nQuestion 4:\n${Q4}\n`,
      'lab.ipynb': source,
    });
    expect(taken(reading)).toEqual(['q1 lab.ipynb', 'q4 lab.ipynb']);
  });

  it('stands beside another document that says more', async () => {
    const reading = await read({
      'lab.ipynb': source,
      'more.md': `## Question 1\n\nBanks read the amounts on cheques in the same way, and nobody types them.\n`,
    });
    expect(taken(reading)).toEqual(['q1 lab.ipynb', 'q4 lab.ipynb', 'q1 more.md']);
  });
});
