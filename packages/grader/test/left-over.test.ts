import { describe, expect, it } from 'vitest';
import { textsToRead } from '../src/grade/texts-to-read.ts';
import { gradeOf } from './support/grade-of.ts';

const notebook = (cells: readonly string[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((source) => ({
      cell_type: 'markdown',
      source,
      metadata: {},
    })),
  });

const PARTS = [
  '# Sorting squares',
  '## The linear network\n\nIt was trained for five epochs and reached a test accuracy of 0.91 in 4 seconds an epoch.',
  '## The rectified network\n\nThis one reached 0.97 on the test images, which is better.',
  '## Discussion\n\nParcels could be sorted with it, which helps the post.',
];
const report = PARTS.join('\n\n');
const labels = (text: string): string => `## Question 1\n\nParcels, for the post.\n\n${text}`;
const long = Array.from({ length: 60 }, (_, i) => `Run ${i} went well.`).join('\n\n');

describe('a report with headings of its own', () => {
  it.each([
    ['one title like a question', { 'answers.md': report }],
    ['the other order', { 'answers.md': [PARTS[0], PARTS[3], PARTS[2], PARTS[1]].join('\n\n') }],
    ['two titles like questions', { 'answers.md': `${report}\n\n## A use\n\nFor the post, too.` }],
    ['a notebook', { 'lab.ipynb': notebook(PARTS) }],
    ['R Markdown', { 'lab.Rmd': `---\ntitle: Squares\n---\n\n${report}` }],
    [
      'a page',
      {
        'lab.html': `<h1>Squares</h1>${PARTS.slice(1)
          .map((part) => `<h2>${part.slice(3).replace('\n\n', '</h2><p>')}</p>`)
          .join('')}`,
      },
    ],
    ['bold titles', { 'answers.md': report.replaceAll(/^#+ (.*)$/gmu, '**$1**') }],
    ['numbered titles', { 'answers.md': report.replaceAll('## The', '## 2. The') }],
    ['one label and then headings', { 'answers.md': labels(report) }],
    [
      'one label and then parts of the same level',
      { 'answers.md': labels(PARTS.slice(1).join('\n\n')) },
    ],
    ['headings and then one label', { 'answers.md': `${report}\n\n## Question 1\n\nParcels.` }],
    ['one label and then much text', { 'answers.md': `Question 1: Parcels.\n\n${long}` }],
    ['much text and then one label', { 'answers.md': `${long}\n\nQuestion 1: Parcels.` }],
    ['labels of a course', { 'answers.md': `# Exercise 3\n\n${report}` }],
    [
      'two tasks',
      {
        'answers.md':
          '## Task 1\n\nThe linear network reached 0.91.\n\n## Task 2\n\nThe other reached 0.97.',
      },
    ],
    ['the labelled answer in a file of its own', { 'q1.md': 'Parcels.', 'report.md': report }],
  ])('leaves no question to be counted as not answered: %s', async (_, files) => {
    const grade = await gradeOf(files);
    const lost = grade.outcomes.filter(({ outcome }) => outcome !== 'needs-review');
    expect(lost.map(({ question, outcome }) => `${question} ${outcome}`)).toEqual([]);
    expect(grade.status).toBe('needs-review');
    expect([grade.score, grade.pending]).toEqual([0, grade.max]);
  });

  it('is what a person reads for each of these questions, and is never shown as nothing', async () => {
    const labelled = await gradeOf({ 'answers.md': labels(PARTS.slice(1).join('\n\n')) });
    const texts = textsToRead(labelled, 'q3').map(({ question, text }) => `${question}: ${text}`);
    expect(texts.join('\n')).toContain('Parcels could be sorted with it');
    expect(textsToRead(labelled, 'q1').map(({ question }) => question)).toEqual(['q1']);
    const plain = await gradeOf({ 'answers.md': 'It reached 0.97 on the test images in the end.' });
    expect(textsToRead(plain, 'q6').map(({ text }) => text)).toEqual([
      'It reached 0.97 on the test images in the end.',
    ]);
    // What a title alone led to another question may answer this one.
    const titled = textsToRead(await gradeOf({ 'answers.md': report }), 'q2');
    expect(titled.map(({ text }) => text).join('\n')).toContain('4 seconds an epoch');
    const swallowed = await gradeOf({
      'answers.md': '## Question 1\n\nParcels.\n\n## Of networks\n\nIt reached 0.97.',
    });
    expect(
      textsToRead(swallowed, 'q6')
        .map(({ text }) => text)
        .join(),
    ).toContain('It reached 0.97.');
  });

  it('says where the text stands', async () => {
    const grade = await gradeOf({
      'answers.md': labels(PARTS.slice(1).join('\n\n')),
    });
    expect(grade.outcomes[2]?.message).toContain(
      'answers.md holds text under headings that name no question (“Discussion”)',
    );
  });
});

describe('answers with labels', () => {
  const answered = '## Question 1\n\nParcels, for the post.\n\n## Question 2\n\n4 seconds.';
  it.each([
    ['nothing else', answered],
    ['a title page', `# Sorting squares\n\nby Amy Example, group 3, in November\n\n${answered}`],
    [
      'headings below a question',
      answered.replace('Parcels', '### Where\n\nIn sorting halls.\n\n### What\n\nParcels'),
    ],
    ['a heading for the answer', answered.replace('Parcels', '## Antwort\n\nParcels')],
    ['bold words in an answer', answered.replace('Parcels', '**Where it helps**\n\nParcels')],
    ['an item of a list of labels', 'Q1: Parcels.\nQ2: 4 seconds.'],
    ['labels of another language', answered.replaceAll('Question', 'Frage')],
  ])('are missing where they are, beside %s', async (_, text) => {
    const grade = await gradeOf({ 'answers.md': text });
    expect(grade.outcomes.slice(2).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'missing'),
    );
    expect(grade.outcomes[1]?.outcome).toBe('passed');
  });
});
