import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import { ANSWERS_LIMITS } from '../../src/answers/formats/limits.ts';
import { readAnswerFile } from '../../src/answers/read-answer-file.ts';
import { kinds } from '../support/kinds.ts';
import { lab } from '../support/lab.ts';

async function answerIn(path: string, bytes: Uint8Array): Promise<Answer | undefined> {
  const { answers } = await readAnswerFile(path, bytes, lab, kinds, ANSWERS_LIMITS);
  return answers.find(({ question }) => question === 'q4');
}

const page = (body: string): Uint8Array =>
  strToU8(`<html><body><h2>Question 4</h2>${body}</body></html>`);

const CONTENT_TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** A Word document of a label and one run of text with these properties. */
function word(properties: string, text: string): Uint8Array {
  const run = (content: string, inner = ''): string =>
    `<w:p><w:r>${inner === '' ? '' : `<w:rPr>${inner}</w:rPr>`}<w:t>${content}</w:t></w:r></w:p>`;
  return zipSync({
    '[Content_Types].xml': strToU8(CONTENT_TYPES),
    '_rels/.rels': strToU8(RELATIONS),
    'word/document.xml': strToU8(
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${run('Question 4:')}${run(text, properties)}${run('It is good.')}</w:body></w:document>`,
    ),
  });
}

describe('text that is not meant to be read', () => {
  it.each([
    ['hidden', '<p hidden>The accuracy is 0.9143.</p>'],
    ['hidden', '<div style="display:none"><p>The accuracy is 0.9143.</p></div>'],
    ['hidden', '<p style="visibility: hidden">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="opacity:0">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="color: #fefefe">The accuracy is 0.9143.</p>'],
    ['hidden', '<p><span style="font-size: 0.01em">The accuracy is 0.9143.</span></p>'],
    ['hidden', '<p style="position:absolute; left:-9999px">The accuracy is 0.9143.</p>'],
    ['struck', '<p><s>The accuracy is 0.9143.</s></p>'],
    ['struck', '<p style="text-decoration: line-through red">The accuracy is 0.9143.</p>'],
  ])('is %s in %s', async (standing, body) => {
    const answer = await answerIn('a.html', page(`${body}<p>It is good.</p>`));
    expect(answer?.claims).toEqual([]);
    expect(answer?.asides.map((aside) => aside.standing)).toEqual([standing]);
    expect(answer?.prose).toBe('It is good.');
    expect(answer?.hasOtherNumbers).toBe(true);
  });

  it.each([
    '<p style="color:white;background-color:#333">The accuracy is 0.9143.</p>',
    '<p style="color:#c00">The accuracy is 0.9143.</p>',
    '<p style="font-size:12px">The accuracy is 0.9143.</p>',
    '<details><summary>More</summary>The accuracy is 0.9143.</details>',
  ])('is read in %s', async (body) => {
    const answer = await answerIn('a.html', page(body));
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
  });

  it.each(['<w:vanish/>', '<w:strike/>', '<w:sz w:val="2"/>', '<w:color w:val="FFFFFF"/>'])(
    'is no claim in Word with %s',
    async (properties) => {
      const answer = await answerIn('a.docx', word(properties, 'The accuracy is 0.9143.'));
      expect(answer?.claims).toEqual([]);
      expect(answer?.asides).toHaveLength(1);
    },
  );

  it('is read in Word as other text is', async () => {
    const answer = await answerIn('a.docx', word('<w:b/>', 'The accuracy is 0.9143.'));
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
    const raised = word('<w:vertAlign w:val="superscript"/>', '5');
    expect((await answerIn('a.docx', raised))?.prose).toContain('^5');
  });

  it('keeps a struck answer as it was typed', async () => {
    const answer = await answerIn('a.html', page('<p><s>The accuracy is 0.9143.</s></p>'));
    expect(answer?.text).toBe('~~The accuracy is 0.9143.~~');
    const markdown = strToU8('## Question 4\n\n~~The accuracy is 0.9143.~~\n');
    expect((await answerIn('a.md', markdown))?.text).toBe('~~The accuracy is 0.9143.~~');
  });

  it('is the lab’s own where a sentence of it is repeated', async () => {
    const { introduction } = lab;
    const given = {
      ...lab,
      introduction: `${introduction} Good networks reach an accuracy of 0.9143.`,
    };
    const text = strToU8(
      '## Question 4\n\nGood networks reach an accuracy of 0.9143. It is good.\n',
    );
    const { answers } = await readAnswerFile('a.md', text, given, kinds, ANSWERS_LIMITS);
    expect(
      answers.find(({ question }) => question === 'q4')?.asides.map(({ standing }) => standing),
    ).toEqual(['handed-out']);
  });
});
