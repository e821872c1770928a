import { describe, expect, it } from 'vitest';
import { withoutFrontMatter } from '../src/answers/front-matter.ts';
import { readMarkdownAnswers } from '../src/answers/markdown-answers.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';

describe('the head of a document', () => {
  it.each([
    '---\ntitle: Lab 3\noutput:\n  html_document:\n    toc: true\n---\n',
    '\uFEFF---\r\n# made by a program\r\nauthor: "Jo: a student"\r\ntags:\r\n- a\r\n- b\r\n...\r\n',
    '---\njupytext:\n  formats: ipynb,md\nkernelspec:\n  name: python3\n---\n',
  ])('is blanked, line for line: %j', (head) => {
    const rest = '# Question 1\n';
    const blanked = withoutFrontMatter(head + rest);
    expect(blanked.trimStart()).toBe(rest);
    expect(blanked.split(/\r\n?|\n/u)).toHaveLength((head + rest).split(/\r\n?|\n/u).length);
  });

  it.each([
    '---\n\n# Question 1\n\nThe accuracy is 0.92.\n\n---\n\n# Question 2\n',
    '---\nQuestion 1: The accuracy is 0.92.\n---\n',
    '---\nQ1: 0.92\n---\n',
    '---\nanswer: 0.92\n---\n',
    '---\ntitle: never ends\n',
    '----\ntitle: a longer rule\n----\n',
    '---\ntitle: Lab 3\nAnd then I trained the network.\n---\n',
  ])('is not what a student wrote between two rules: %j', (text) => {
    expect(withoutFrontMatter(text)).toBe(text);
  });

  it('loses no answer above a second rule', () => {
    const text = '---\n\n**Question 1**\n\nGood enough.\n\n---\n\n**Question 2**\n\nNo.\n';
    expect(readMarkdownAnswers(text, 'answers.md', lab, kinds).map(({ text }) => text)).toEqual([
      'Good enough.',
      'No.',
    ]);
  });

  it('makes no title of a label and the answer under it', () => {
    const text = '---\n**Question 1**\nGood enough.\n---\n**Question 2**\nNo.\n';
    expect(
      readMarkdownAnswers(text, 'answers.md', lab, kinds).map(({ question }) => question),
    ).toEqual(['q1', 'q2']);
  });
});
