import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import { ANSWERS_LIMITS } from '../../src/answers/formats/limits.ts';
import { readAnswerFile } from '../../src/answers/read-answer-file.ts';
import { kinds } from '../support/kinds.ts';
import { lab } from '../support/lab.ts';

/** A page in Helvetica that draws by these orders; `forms` are drawn by their names. */
function pdf(content: string, form = ''): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 700]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/I 9 0 R>>/ExtGState<</G 7 0 R/M 8 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    `<</Type/XObject/Subtype/Form/BBox[0 0 500 700]/Matrix[1 0 0 1 0 0]/Resources<</Font<</F 5 0 R>>>>/Length ${form.length}>>stream\n${form}\nendstream`,
    '<</Type/ExtGState/ca 0.02>>',
    '<</Type/ExtGState/BM/Multiply>>',
    '<</Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Length 4>>stream\n\xff\xff\xff\xff\nendstream',
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(place).padStart(10, '0');
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
  return strToU8(text, true);
}

const line = (y: number, text: string, before = ''): string =>
  `BT ${before} /F 12 Tf 50 ${y} Td (${text}) Tj ET\n`;
const CLAIM = 'The accuracy is 0.9143.';
const FRAME = `${line(650, 'Question 4: the network and what it reaches')}`;
const END = line(560, 'It is good and that is all there is to say.');

async function answerIn(content: string, form = ''): Promise<Answer | undefined> {
  const bytes = pdf(`${FRAME}${content}${END}`, form);
  const { answers } = await readAnswerFile('a.pdf', bytes, lab, kinds, ANSWERS_LIMITS);
  return answers.find(({ question }) => question === 'q4');
}

describe('text that a page of a PDF does not show', () => {
  it.each([
    ['white', `1 1 1 rg ${line(620, CLAIM)} 0 0 0 rg `],
    ['white as grey', `1 g ${line(620, CLAIM)} 0 g `],
    ['white of print', `0 0 0 0 k ${line(620, CLAIM)} 0 0 0 1 k `],
    ['nearly white', `0.95 0.96 0.97 rg ${line(620, CLAIM)} 0 g `],
    ['without ink', line(620, CLAIM, '3 Tr') + '0 Tr '],
    ['transparent', `q /G gs ${line(620, CLAIM)} Q `],
    ['tiny', `BT /F 1 Tf 50 620 Td (${CLAIM}) Tj ET `],
    ['made tiny', `q 0.05 0 0 0.05 40 600 cm ${line(400, CLAIM)} Q `],
    ['under a white area', `${line(620, CLAIM)} 1 g 40 610 400 30 re f 0 g `],
    ['black on black', `0 g 40 610 400 30 re f ${line(620, CLAIM)}`],
    ['cut off', `q 0 0 20 20 re W n ${line(620, CLAIM)} Q `],
    ['white, in a form', '/X Do '],
    ['under a picture', `${line(620, CLAIM)} q 400 0 0 30 40 610 cm /I Do Q `],
  ])('is no claim: %s', async (name, content) => {
    const form = name.endsWith('form') ? `1 g ${line(620, CLAIM)}` : '';
    const answer = await answerIn(content, form);
    expect(answer?.claims).toEqual([]);
    expect(answer?.asides.map(({ standing }) => standing)).toEqual(['hidden']);
    expect(answer?.unseen).toBe(CLAIM);
    expect(answer?.prose).toContain('It is good');
  });

  it.each([
    ['as usual', line(620, CLAIM)],
    ['on a picture', `q 400 0 0 30 40 610 cm /I Do Q ${line(620, CLAIM)}`],
    ['beside a picture', `q 400 0 0 30 40 400 cm /I Do Q ${line(620, CLAIM)}`],
    ['in red', `1 0 0 rg ${line(620, CLAIM)} 0 g `],
    ['white on a dark area', `0.1 g 40 610 400 30 re f 1 g ${line(620, CLAIM)} 0 g `],
    ['on a white area', `1 g 40 610 400 30 re f 0 g ${line(620, CLAIM)}`],
    ['under a marker', `${line(620, CLAIM)} q /M gs 1 1 0 rg 40 610 400 30 re f Q `],
    [
      'beside an area that goes round it',
      `${line(620, CLAIM)} 1 g 40 610 400 30 re 45 615 380 20 re f* 0 g `,
    ],
    ['larger', `q 2 0 0 2 0 0 cm BT /F 6 Tf 25 310 Td (${CLAIM}) Tj ET Q `],
    [
      'letter by letter',
      `BT /F 12 Tf 50 620 Td [(The ac) -20 (curacy is) -300 (0.91) 10 (43.)] TJ ET `,
    ],
    [
      'with wide spaces',
      `BT /F 12 Tf 3 Tw 0.2 Tc 90 Tz 50 620 Td (${CLAIM}) Tj 0 Tw 0 Tc 100 Tz ET `,
    ],
    ['in a form', '/X Do '],
  ])('is read: %s', async (name, content) => {
    const answer = await answerIn(content, name.endsWith('form') ? line(620, CLAIM) : '');
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
    expect(answer?.unseen).toBe('');
  });

  it('is taken out of the middle of a line', async () => {
    const mixed = `BT /F 12 Tf 50 620 Td (The accuracy is ) Tj 1 g (0.9143, no, ) Tj 0 g (0.8712.) Tj ET `;
    const answer = await answerIn(mixed);
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.8712]);
    expect(answer?.unseen).toContain('0.9143');
  });

  it('leaves a scan with a text behind it to a reader', async () => {
    const page = ['Question 4', CLAIM, 'It is good and that is all there is to say.'];
    const bytes = pdf(`3 Tr ${page.map((text, index) => line(600 - 20 * index, text)).join('')}`);
    const { answers } = await readAnswerFile('a.pdf', bytes, lab, kinds, ANSWERS_LIMITS);
    expect(answers.flatMap(({ claims }) => claims)).toEqual([]);
    expect(answers.map(({ unseen }) => unseen).join(' ')).toContain(CLAIM);
  });
});
