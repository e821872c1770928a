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

const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';

/** What else stands in the document: styles, properties of the paragraph, what comes before it. */
interface Word {
  readonly styles: string;
  readonly paragraph: string;
  readonly before: string;
}

/** A style with what it says of letters, and the style it is based on. */
const style = (id: string, letters: string, base = '', kind = 'paragraph'): string =>
  `<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${id}"/>${base === '' ? '' : `<w:basedOn w:val="${base}"/>`}<w:rPr>${letters}</w:rPr></w:style>`;
const asA = (id: string): string => `<w:pPr><w:pStyle w:val="${id}"/></w:pPr>`;
const picture = (height: number, relative: string, wrap = 'None', behind = 0): string =>
  `<w:p><w:r><w:drawing><wp:anchor behindDoc="${behind}"><wp:positionV relativeFrom="${relative}"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="3000000" cy="${height}"/><wp:wrap${wrap}/></wp:anchor></w:drawing></w:r></w:p>`;

/** A Word document of a label and one run of text with these properties. */
function word(properties: string, text: string, more: Partial<Word> = {}): Uint8Array {
  const { styles = '', paragraph = '', before = '' } = more;
  const run = (content: string, inner = ''): string =>
    `<w:p>${inner === '' ? '' : paragraph}<w:r>${inner === '' ? '' : `<w:rPr>${inner}</w:rPr>`}<w:t>${content}</w:t></w:r></w:p>`;
  return zipSync({
    '[Content_Types].xml': strToU8(CONTENT_TYPES),
    '_rels/.rels': strToU8(RELATIONS),
    ...(styles === '' ? {} : { 'word/styles.xml': strToU8(`<w:styles ${W}>${styles}</w:styles>`) }),
    'word/document.xml': strToU8(
      `<w:document ${W}><w:body>${run('Question 4:')}${before}${run(text, properties)}${run('It is good.')}</w:body></w:document>`,
    ),
  });
}

describe('what is struck out, and what stands in formulas', () => {
  const claims = (answer: Answer | undefined): string[] =>
    [...(answer?.claims ?? []), ...(answer?.asides ?? [])].map(({ value, standing }) =>
      standing === 'stated' ? String(value) : `${value} ${standing}`,
    );
  const text = 'The accuracy is 0.9143.';
  it.each([
    ['twice', word('<w:dstrike/>', text), ['0.9143 struck']],
    [
      'by a style',
      word('<w:rStyle w:val="Gone"/>', text, {
        styles: style('Gone', '<w:strike/>', '', 'character'),
      }),
      ['0.9143 struck'],
    ],
    ['and not after all', word('<w:strike w:val="0"/>', text), ['0.9143']],
    [
      'an equation',
      word('', '', {
        before: `<w:p><w:r><w:t>accuracy: </w:t></w:r><m:oMath xmlns:m="m"><m:r><m:t>0.9143</m:t></m:r></m:oMath></w:p>`,
      }),
      ['0.9143'],
    ],
    [
      'a power in an equation',
      word('', '', {
        before: `<w:p><w:r><w:t>accuracy: </w:t></w:r><m:oMathPara><m:oMath><m:sSup><m:e><m:r><m:t>0.91</m:t></m:r></m:e><m:sup><m:r><m:t>5</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara></w:p>`,
      }),
      [],
    ],
    [
      'an equation that nobody sees',
      word('', '', {
        before: `<w:p><w:r><w:t>accuracy: </w:t></w:r><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>accuracy 0.9143</m:t></m:r></m:oMath></w:p>`,
      }),
      ['0.9143 hidden'],
    ],
  ])('in Word: %s', async (_, bytes, expected) => {
    expect(claims(await answerIn('answers.docx', bytes))).toEqual(expected);
  });

  it.each([
    ['<p>accuracy <math><mn>0.9143</mn></math></p>', ['0.9143']],
    ['<p>accuracy <math><msup><mn>0.91</mn><mn>5</mn></msup></math></p>', []],
    [
      '<p>accuracy <math><semantics><mn>0.9143</mn><annotation>0.9143</annotation></semantics></math></p>',
      ['0.9143'],
    ],
    ['<p>accuracy 0.9143<sup><a href="#f">[1]</a></sup></p>', ['0.9143']],
    ['<dl><dt>Accuracy</dt><dd>0.9143</dd></dl>', ['0.9143']],
  ])('on a page: %s', async (body, expected) => {
    expect(claims(await answerIn('answers.html', page(body)))).toEqual(expected);
  });
});

describe('text that is not meant to be read', () => {
  it.each([
    ['hidden', '<p hidden>The accuracy is 0.9143.</p>'],
    ['hidden', '<div style="display:none"><p>The accuracy is 0.9143.</p></div>'],
    ['hidden', '<p style="visibility: hidden">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="opacity:0">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="color: #fefefe">The accuracy is 0.9143.</p>'],
    ['hidden', '<p><span style="font-size: 0.01em">The accuracy is 0.9143.</span></p>'],
    ['hidden', '<p style="position:absolute; left:-9999px">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="font: 0/0 a">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="scale: 0">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="zoom: .01">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="rotate: y 90deg">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="transform: rotateX(90deg)">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="translate: 0 -9999px">The accuracy is 0.9143.</p>'],
    [
      'hidden',
      '<p style="position:absolute; inset-inline-start:9999px">The accuracy is 0.9143.</p>',
    ],
    ['hidden', '<p style="line-height:0; overflow:hidden">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="block-size:0; overflow:clip">The accuracy is 0.9143.</p>'],
    ['hidden', '<p style="letter-spacing:-1em">The accuracy is 0.9143.</p>'],
    [
      'hidden',
      '<p style="mask: linear-gradient(transparent, transparent)">The accuracy is 0.9143.</p>',
    ],
    ['hidden', '<p style="clip-path: polygon(0 0, 0 0)">The accuracy is 0.9143.</p>'],
    ['hidden', '<dialog>The accuracy is 0.9143.</dialog>'],
    ['hidden', '<div popover>The accuracy is 0.9143.</div>'],
    ['hidden', '<p>$\\phantom{The accuracy is 0.9143.}$</p>'],
    ['struck', '<p><s>The accuracy is 0.9143.</s></p>'],
    ['struck', '<p style="text-decoration: line-through red">The accuracy is 0.9143.</p>'],
  ])('is %s in %s', async (standing, body) => {
    const answer = await answerIn('a.html', page(`${body}<p>It is good.</p>`));
    expect(answer?.claims).toEqual([]);
    expect(answer?.asides.map((aside) => aside.standing)).toEqual([standing]);
    if (!body.includes('phantom')) expect(answer?.prose).toBe('It is good.');
    expect(answer?.hasOtherNumbers).toBe(true);
  });

  it.each([
    ['quoted', '<blockquote>The accuracy is 0.9143.</blockquote>'],
    ['quoted', 'They say: <blockquote>The accuracy is 0.9143.</blockquote>'],
    ['quoted', '<blockquote>\n\nThe accuracy is 0.9143.\n\n</blockquote>'],
    ['quoted', 'They say: <q>The accuracy is 0.9143.</q>'],
    ['hidden', '<template>The accuracy is 0.9143.</template>'],
    ['hidden', 'It is <noscript>The accuracy is 0.9143.</noscript>'],
    ['hidden', '<dialog>The accuracy is 0.9143.</dialog>'],
    ['hidden', '$\\textcolor{white}{The accuracy is 0.9143.}$'],
  ])('is %s in Markdown: %s', async (standing, text) => {
    const written = `## Question 4\n\n${text}\n\nIt is good.\n`;
    const answer = await answerIn('a.md', strToU8(written));
    expect(answer?.claims).toEqual([]);
    expect(answer?.asides.map((aside) => aside.standing)).toEqual([standing]);
    expect(answer?.prose).toContain('It is good.');
  });

  it('is what is quoted alone, where words of its writer stand beside it', async () => {
    const text =
      '<p>The accuracy is 0.9143.</p><blockquote>The loss is 0.3.</blockquote><p>So it is.</p>';
    const answer = await answerIn('a.md', strToU8(`## Question 4\n\n${text}\n`));
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
    expect(answer?.asides.map((aside) => aside.standing)).toEqual(['quoted']);
    expect(answer?.prose).toBe('The accuracy is 0.9143.\nSo it is.');
  });

  it.each([
    '<p style="color:white;background-color:#333">The accuracy is 0.9143.</p>',
    '<p style="color:#c00">The accuracy is 0.9143.</p>',
    '<p style="font-size:12px">The accuracy is 0.9143.</p>',
    '<p style="margin:0 auto;left:50%;line-height:1.2;letter-spacing:-0.5px;zoom:90%;scale:1">The accuracy is 0.9143.</p>',
    '<p style="transform:rotate(2deg) scale(0.9);overflow:hidden;mask:none;font:12px/1.5 serif">The accuracy is 0.9143.</p>',
    '<dialog open>The accuracy is 0.9143.</dialog>',
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

  it.each([
    ['hidden by its paragraph’s style', { styles: style('A', '<w:vanish/>'), paragraph: asA('A') }],
    [
      'white by the style that its style is based on',
      {
        styles: style('A', '', 'B') + style('B', '<w:color w:val="FFFFFF"/>'),
        paragraph: asA('A'),
      },
    ],
    [
      'tiny by the default of all letters',
      {
        styles:
          '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="2"/></w:rPr></w:rPrDefault></w:docDefaults>',
      },
    ],
    [
      'white by the default style',
      {
        styles:
          '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:color w:themeColor="background1"/></w:rPr></w:style>',
      },
    ],
    [
      'black on black',
      { paragraph: '<w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr>' },
      '<w:color w:val="111111"/>',
    ],
    [
      'white, while something else is shaded',
      { before: '<w:p><w:pPr><w:shd w:val="clear" w:fill="333333"/></w:pPr></w:p>' },
      '<w:color w:val="FDFEFF"/>',
    ],
    [
      'cut off by its line',
      { paragraph: '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>' },
    ],
    ['under a picture', { before: picture(600_000, 'paragraph') }],
    ['under a picture somewhere on the page', { before: picture(600_000, 'page') }],
    [
      'hidden by a style of letters',
      { styles: style('C', '<w:vanish/>', '', 'character') },
      '<w:rStyle w:val="C"/>',
    ],
  ])('is no claim in Word: %s', async (_, more, properties = '<w:b/>') => {
    const bytes = word(properties, 'The accuracy is 0.9143.', more);
    const { answers } = await readAnswerFile('a.docx', bytes, lab, kinds, ANSWERS_LIMITS);
    expect(answers.flatMap(({ claims }) => claims)).toEqual([]);
    expect(answers.map(({ unseen }) => unseen).join(' ')).toContain('The accuracy is 0.9143.');
  });

  it.each([
    [
      'white on a dark paragraph',
      { paragraph: '<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>' },
      '<w:color w:val="FFFFFF"/>',
    ],
    ['white on a marker', {}, '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'],
    [
      'shown although its style is hidden',
      { styles: style('A', '<w:vanish/>'), paragraph: asA('A') },
      '<w:vanish w:val="0"/>',
    ],
    ['in small capitals', {}, '<w:smallCaps/>'],
    ['beside a picture', { before: picture(600_000, 'paragraph', 'Square') }, '<w:b/>'],
    ['on a picture', { before: picture(600_000, 'page', 'None', 1) }, '<w:b/>'],
    ['with another style that is hidden', { styles: style('A', '<w:vanish/>') }, '<w:b/>'],
  ])('is read in Word: %s', async (_, more, properties) => {
    const answer = await answerIn('a.docx', word(properties, 'The accuracy is 0.9143.', more));
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
  });

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
