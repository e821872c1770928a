import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import { ANSWERS_LIMITS } from '../../src/answers/formats/limits.ts';
import type { SheetFile } from '../../src/answers/formats/linked-sheets.ts';
import { readAnswerFile } from '../../src/answers/read-answer-file.ts';
import { kinds } from '../support/kinds.ts';
import { lab } from '../support/lab.ts';

async function answerIn(path: string, text: string): Promise<Answer | undefined> {
  const { answers } = await readAnswerFile(path, strToU8(text), lab, kinds, ANSWERS_LIMITS);
  return answers.find(({ question }) => question === 'q4');
}

const page = (css: string, body: string, head = ''): string =>
  `<html><head>${head}<style>${css}</style></head><body><h2>Question 4</h2>${body}<p>It is good.</p></body></html>`;
const CLAIM = 'The accuracy is 0.9143.';

describe('text hidden by a style sheet', () => {
  it.each([
    ['.x { display: none }', `<p class="x">${CLAIM}</p>`],
    ['.x{visibility:hidden}', `<div class="a x"><p>${CLAIM}</p></div>`],
    ['.x { font-size: 0 }', `<p class="x">${CLAIM}</p>`],
    ['.x { font-size: 1px !important }', `<p class="x" style="font-size:12px">${CLAIM}</p>`],
    ['.x { color: #fff }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: rgb(255 255 255) }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: hsl(0, 0%, 99%) }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: rgba(0,0,0,0.02) }', `<p class="x">${CLAIM}</p>`],
    ['body { background: #222 } p { color: #232323 }', `<p>${CLAIM}</p>`],
    [
      '.y { background-color: navy } .x { color: #000088 }',
      `<div class="y"><p class="x">${CLAIM}</p></div>`,
    ],
    [
      '.y { background: linear-gradient(white, white) } .x { color: white }',
      `<div class="y"><p class="x">${CLAIM}</p></div>`,
    ],
    [':root { --paper: white } .x { color: var(--paper) }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: var(--none, #fffefe) }', `<p class="x">${CLAIM}</p>`],
    ['#secret { opacity: 0.01 }', `<p id="secret">${CLAIM}</p>`],
    ['p[data-k="1"] { display: none }', `<p data-k="1">${CLAIM}</p>`],
    [
      '.a > .b em, .c em { display: none }',
      `<div class="a"><p class="b"><em>${CLAIM}</em></p></div>`,
    ],
    [
      'div p:not(.shown) { display: none }',
      `<div><p>${CLAIM}</p><p class="shown">It is very good.</p></div>`,
    ],
    ['.z + p { display: none }', `<p class="z">Look:</p><p>${CLAIM}</p>`],
    ['@media screen { .x { display: none } }', `<p class="x">${CLAIM}</p>`],
    ['@media (min-width: 1px) { .x { display: none } }', `<p class="x">${CLAIM}</p>`],
    ['@supports (display: grid) { .x { display: none } }', `<p class="x">${CLAIM}</p>`],
    ['.x { position: absolute; left: -200em }', `<p class="x">${CLAIM}</p>`],
    ['.x { transform: scale(0) }', `<p class="x">${CLAIM}</p>`],
    ['.x { text-indent: -9999px; overflow: hidden }', `<p class="x">${CLAIM}</p>`],
    ['.x { max-height: 0; overflow: hidden }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: red } .q .x { color: white }', `<div class="q"><p class="x">${CLAIM}</p></div>`],
    ['/* } */ .x /* , */ { display /* : */ : none }', `<p class="x">${CLAIM}</p>`],
    ['.\\78 { display: none }', `<p class="x">${CLAIM}</p>`],
    ['.outer { .x { display: none } }', `<div class="outer"><p class="x">${CLAIM}</p></div>`],
  ])('is hidden by %s', async (css, body) => {
    const answer = await answerIn('a.html', page(css, body));
    expect(answer?.claims).toEqual([]);
    expect(answer?.asides.map(({ standing }) => standing)).toEqual(['hidden']);
    expect(answer?.unseen).toContain(CLAIM);
    expect(answer?.hasOtherNumbers).toBe(true);
  });

  it.each([
    ['.y { display: none }', `<p class="x">${CLAIM}</p>`],
    ['.x { display: none } p.x { display: block }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: white; background: black }', `<p class="x">${CLAIM}</p>`],
    ['body { background: black; color: white }', `<p>${CLAIM}</p>`],
    ['.x { visibility: hidden } .x b { visibility: visible }', `<p class="x"><b>${CLAIM}</b></p>`],
    ['.x { color: white } .x b { color: black }', `<p class="x"><b>${CLAIM}</b></p>`],
    ['.x { font-size: 0 } .x b { font-size: 12px }', `<p class="x"><b>${CLAIM}</b></p>`],
    ['@media print { .x { display: none } }', `<p class="x">${CLAIM}</p>`],
    ['.x:hover { display: none }', `<p class="x">${CLAIM}</p>`],
    ['.x::before { display: none }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: #777 }', `<p class="x">${CLAIM}</p>`],
    ['.x { color: #ccc }', `<p class="x">${CLAIM}</p>`],
    ['.x { display: none !important }', `<p class="xx">${CLAIM}</p>`],
    [
      '@font-face { font-family: x; src: url(data:font/woff;base64,AA==) }',
      `<p class="x">${CLAIM}</p>`,
    ],
    ['.x { display: none', `<p class="y">${CLAIM}</p>`],
  ])('is read with %s', async (css, body) => {
    const answer = await answerIn('a.html', page(css, body));
    expect(answer?.claims.map(({ value }) => value)).toEqual([0.9143]);
    expect(answer?.unseen).toBe('');
  });

  it('is hidden by a sheet that a link carries along', async () => {
    const hidden = `<p class="x">${CLAIM}</p>`;
    for (const address of [
      'data:text/css,.x%20%7B%20display%3A%20none%20%7D',
      `data:text/css;charset=utf-8;base64,${btoa('.x{display:none}')}`,
    ]) {
      const link = `<link href="${address}" rel="stylesheet">`;
      expect((await answerIn('a.html', page('', hidden, link)))?.claims).toEqual([]);
    }
  });

  it('is hidden by a sheet that stands behind it, in Markdown and in any cell of a notebook', async () => {
    const markdown = `## Question 4\n\n<p class="x">${CLAIM}</p>\n\nIt is good.\n\n<style>.x { display: none }</style>\n`;
    expect((await answerIn('a.md', markdown))?.claims).toEqual([]);
    const cell = (source: string): unknown => ({
      cell_type: 'markdown',
      metadata: {},
      source,
    });
    const notebook = (cells: readonly unknown[]): string =>
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    const text = cell(`## Question 4\n\n<span class="x">${CLAIM}</span> It is good.`);
    const printed = {
      cell_type: 'code',
      source: '',
      outputs: [
        {
          output_type: 'display_data',
          data: { 'text/html': '<style>.x{color:white}</style>' },
        },
      ],
    };
    for (const sheet of [cell('<style>.x{opacity:0}</style>'), printed]) {
      const answer = await answerIn('a.ipynb', notebook([text, sheet]));
      expect(answer?.claims).toEqual([]);
      expect(answer?.prose).toContain('It is good.');
    }
    expect((await answerIn('a.ipynb', notebook([text])))?.claims).toHaveLength(1);
  });

  it('is hidden by a sheet that was handed in beside the page', async () => {
    const body = `<p class="x">${CLAIM}</p>`;
    const link = '<link rel="stylesheet" href="./css/own.css?v=2">';
    const sheet = (path: string): SheetFile => ({
      path,
      bytes: 20,
      read: () => strToU8('.x { display: none }'),
    });
    const read = async (sheets: readonly SheetFile[]): Promise<Answer | undefined> => {
      const bytes = strToU8(page('', body, link));
      const limits = ANSWERS_LIMITS;
      const { answers } = await readAnswerFile('work/a.html', bytes, lab, kinds, limits, sheets);
      return answers.find(({ question }) => question === 'q4');
    };
    expect((await read([sheet('work/css/own.css')]))?.unseen).toContain(CLAIM);
    expect((await read([sheet('css/own.css')]))?.claims).toHaveLength(1);
    expect((await read([]))?.claims).toHaveLength(1);
  });

  it.each([
    "document.getElementById('x').style.display = 'none'",
    'const e = document.getElementById(`x`); setTimeout(() => { e.hidden = true; })',
    "$('#x').hide()",
    "document.querySelector('p.y').remove()",
    "for (const e of document.getElementsByClassName('y')) e.textContent = 'The accuracy is 0.5.'",
  ])('may be hidden by a script: %s', async (script) => {
    const body = `<p id="x" class="y">${CLAIM}</p><script>${script}</script>`;
    expect(await answerIn('a.html', page('', body))).toMatchObject({ claims: [], unseen: CLAIM });
  });

  it.each([
    "document.getElementById('other').style.display = 'none'",
    "$('div.input').hide()",
    "console.log(document.getElementById('x'))",
  ])('is read beside a script: %s', async (script) => {
    const body = `<p id="x" class="y">${CLAIM}</p><script>${script}</script>`;
    expect((await answerIn('a.html', page('', body)))?.claims).toHaveLength(1);
  });

  it('keeps an answer of which nothing is seen', async () => {
    const answer = await answerIn(
      'a.html',
      `<style>.x{color:white}</style><h2>Question 4</h2><p class="x">${CLAIM}</p>`,
    );
    expect(answer).toMatchObject({ text: '', unseen: CLAIM });
  });

  it('takes time with the length of a page and of its sheets', async () => {
    const rules = '.a .b .c .d .e { color: red } '.repeat(2000);
    const deep = '<div class="a b c d">'.repeat(300);
    await expect(
      answerIn('a.html', page(rules, `${deep}${'<p class="e">x</p>'.repeat(3000)}`)),
    ).rejects.toMatchObject({ code: 'answers-too-large' });
    const open = 'a{'.repeat(5000);
    expect((await answerIn('a.html', page(open, `<p>${CLAIM}</p>`)))?.claims).toHaveLength(1);
  });
});
