import { describe, expect, it } from 'vitest';
import { readMarkdownAnswers } from '../src/answers/markdown-answers.ts';
import { kinds } from './support/kinds.ts';
import { lab, questions } from './support/lab.ts';

/** Answers as "question: text", line breaks as " / ". */
function read(markdown: string): string[] {
  return readMarkdownAnswers(markdown, 'answers.md', lab, kinds).map(
    ({ question, text }) => `${question}: ${text.replaceAll(/\n+/gu, ' / ')}`,
  );
}

describe('styles of question headings', () => {
  it.each([
    ['headings', '## Question 1: A use\n\nSorting mail.\n\n## Question 2: Time per epoch\n\n5 s'],
    [
      'other levels and spelled-out numbers',
      '### Question one\nSorting mail.\n\n# Question two\n5 s',
    ],
    ['bold lines', '**Question 1: A use**\n\nSorting mail.\n\n**Question 2**\n\n5 s'],
    ['bold numbers', '**1. A use**\n\nSorting mail.\n\n**2. Time per epoch**\n\n5 s'],
    ['Q and A lines', 'Q1: A use\nA1: Sorting mail.\n\nQ2: Time per epoch?\nA2: 5 s'],
    ['plain paragraphs', 'Question 1: A use\n\nSorting mail.\n\nQuestion 2.\n\n5 s'],
    ['an ordered list', '1. Sorting mail.\n2. 5 s'],
    ['headings without numbers', '## A use\n\nSorting mail.\n\n## Time per epoch\n\n5 s'],
    [
      'an exercise before the question',
      '## Exercise 1, Question 1\nSorting mail.\n\n## Exercise 1, Question 2\n5 s',
    ],
    ['lettered headings', '## A. A use\n\nSorting mail.\n\n## B. Time per epoch\n\n5 s'],
  ])('%s', (_, markdown) => {
    expect(read(markdown).filter((entry) => !entry.endsWith(': '))).toEqual([
      'q1: Sorting mail.',
      'q2: 5 s',
    ]);
  });

  it('takes off the repeated question, whatever it looks like', () => {
    const [first] = questions;
    for (const repeated of [`> ${first?.prompt}`, `*${first?.prompt}*`, `${first?.prompt}`]) {
      expect(read(`## Question 1\n\n${repeated}\n\nSorting mail.`)).toEqual(['q1: Sorting mail.']);
    }
  });

  it('follows the text when another edition counts differently', () => {
    expect(read('## Question 7: Time per epoch\n\n5 s')).toEqual(['q2: 5 s']);
    expect(read('## Question 1: Time per epoch\n\n5 s')).toEqual(['q2: 5 s']);
  });

  it('keeps to the number when the wording is another', () => {
    expect(read('## Question 2: In the console, for how long did it run?\n\n5 s')).toEqual([
      'q2: 5 s',
    ]);
  });

  it('tells questions of the same kind apart by their order', () => {
    const [first] = read('## Training history: loss and accuracy after each epoch\n\none');
    expect(first).toBe('q3: one');
  });
});

describe('traps', () => {
  it('keeps an answer that dashes turn into a heading', () => {
    expect(read('## Question 1\n\nSorting mail.\n---\n\n## Question 2\n\n5 s')).toEqual([
      'q1: Sorting mail. / ---',
      'q2: 5 s',
    ]);
  });
  it('takes what answers a question in its words in the heading, with nothing below, for the answer', () => {
    expect(read('## Question 1: A use: sorting mail\n\n## Question 2\n\n5 s')).toEqual([
      'q1: A use: sorting mail',
      'q2: 5 s',
    ]);
    expect(read('## Question 1: A use\n\n## Question 2: Time per epoch\n')).toEqual([
      'q1: ',
      'q2: ',
    ]);
  });
  it('takes # lines in code for code', () => {
    expect(read('## Question 1\n\n```r\n# Question 2\nfit()\n```\n\nSorting mail.')).toEqual([
      'q1: ```r / # Question 2 / fit() / ``` / Sorting mail.',
    ]);
  });
  it("does not take an answer's own list for questions", () => {
    expect(read('## Question 1\n\n1. mail\n2. cheques\n\n## Question 2\n\n5 s')).toEqual([
      'q1: 1. mail / 2. cheques',
      'q2: 5 s',
    ]);
  });
  it('does not take a sentence about a question for its label', () => {
    expect(read('## Question 1\n\nQuestion 2 asks for more, but mail is sorted.')).toEqual([
      'q1: Question 2 asks for more, but mail is sorted.',
    ]);
  });
  it('keeps an answer that is a heading', () => {
    expect(read('## Question 1\n\n## Sorting mail for the post office')).toEqual([
      'q1: ## Sorting mail for the post office',
    ]);
  });
  it('keeps text that belongs to no question', () => {
    expect(
      read(
        '# Lab report\n\nBy two students.\n\n## Question 1\n\nSorting mail.\n\n# Appendix\n\nCode.',
      ),
    ).toEqual(['null: # Lab report / By two students.', 'q1: Sorting mail.', 'null: Code.']);
  });
  it('reads past front matter', () => {
    expect(read('---\ntitle: Lab\nauthor: nobody\n---\n\n## Question 1\n\nSorting mail.')).toEqual([
      'q1: Sorting mail.',
    ]);
  });
  it('drops comments and reads Windows line ends', () => {
    expect(read('## Question 1\r\n\r\n<!-- write here -->\r\n\r\nSorting mail.\r\n')).toEqual([
      'q1: Sorting mail.',
    ]);
  });
});

describe('no answer', () => {
  it.each([
    '',
    '?',
    '?????',
    '-',
    '*(Write your answer here…)*',
    'Your answer here',
    '**Answer:**',
    '### Answer',
    'TODO',
    '> Name a task in which sorting small squares by machine would help, and say whom it helps.',
  ])('"%s"', (blank) => {
    expect(read(`## Question 1: A use\n\n${blank}\n\n## Question 2\n\n5 s`)).toEqual([
      'q1: ',
      'q2: 5 s',
    ]);
  });
  it('takes off labels and placeholders before an answer', () => {
    expect(
      read('## Question 1\n\n**Your thoughts**: *(Write your answer here…)* Sorting mail.'),
    ).toEqual(['q1: Sorting mail.']);
    expect(read('## Question 1\n\n### Answer:\n\nSorting mail.')).toEqual(['q1: Sorting mail.']);
  });
});

describe('pictures', () => {
  it('finds them in Markdown, HTML and Obsidian links', () => {
    const [answer] = readMarkdownAnswers(
      '## Question 3\n\n![a](plots/a.png)\n\n<img src="b.png" alt="b">\n\ntext ![[Pasted image.png]] and ![c](<my plot.png>)',
      'answers.md',
      lab,
      kinds,
    );
    expect(answer?.images.map(({ target }) => target)).toEqual([
      'plots/a.png',
      'b.png',
      'my plot.png',
      'Pasted image.png',
    ]);
  });
});
