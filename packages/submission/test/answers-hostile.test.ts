import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabproofError } from '@labproof/core';
import { readAnswerFile } from '../src/answers/read-answer-file.ts';
import { ANSWERS_LIMITS } from '../src/answers/formats/limits.ts';
import { inspectAnswers } from '../src/answers/inspect-answers.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';

const ROOT = new URL('../../../fixtures/answers/', import.meta.url).pathname;
const ENDINGS = ['md', 'Rmd', 'ipynb', 'html', 'R', 'py', 'txt', 'docx', 'pdf'];

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The code of the refusal, or `null` when the file was read. */
async function refusal(path: string, bytes: Uint8Array): Promise<string | null> {
  try {
    await readAnswerFile(path, bytes, lab, kinds, ANSWERS_LIMITS);
    return null;
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') return error.code;
    throw error;
  }
}

const samples = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const folder = join(ROOT, name, 'submission');
    const [file = ''] = readdirSync(folder);
    return { file, bytes: new Uint8Array(readFileSync(join(folder, file))) };
  });

describe('files that are not what they say', () => {
  it('are read or refused, whatever their bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ENDINGS),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.string({ unit: 'binary', maxLength: 300 }).map(bytesOf),
        ),
        async (ending, bytes) => {
          expect([null, 'answers-unreadable', 'answers-format', 'json-malformed']).toContain(
            await refusal(`answers.${ending}`, bytes),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are read or refused when they are cut off or damaged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(255),
        fc.boolean(),
        async ({ file, bytes }, share, value, cut) => {
          const at = Math.floor(share * (bytes.length - 1));
          const damaged = cut ? bytes.subarray(0, at) : bytes.with(at, value);
          expect([
            null,
            'answers-unreadable',
            'answers-too-large',
            'json-malformed',
            'json-unsafe-key',
          ]).toContain(await refusal(file, damaged));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('are told by their content where the name is wrong', async () => {
    const formatOf = async (name: string, bytes: Uint8Array): Promise<string> =>
      (await readAnswerFile(name, bytes, lab, kinds, ANSWERS_LIMITS)).format;
    const notebook = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}';
    expect(await formatOf('answers.txt', bytesOf(notebook))).toBe('notebook');
    expect(await formatOf('answers.md', bytesOf('<!DOCTYPE html><p>Question 1: yes</p>'))).toBe(
      'html',
    );
    expect(await refusal('answers.md', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toBe(
      'answers-format',
    );
    expect(await refusal('answers.md', new Uint8Array([65, 0, 66, 67]))).toBe('answers-unreadable');
    // UTF-16 that lost its mark is text.
    expect(await formatOf('answers.md', new Uint8Array([65, 0, 66, 0]))).toBe('markdown');
  });
});

describe('limits', () => {
  it('holds for long files', async () => {
    expect(await refusal('a.md', new Uint8Array(ANSWERS_LIMITS.bytes + 1))).toBe(
      'answers-too-large',
    );
    expect(await refusal('a.md', bytesOf('a\n'.repeat(ANSWERS_LIMITS.characters / 2 + 1)))).toBe(
      'answers-too-large',
    );
  });
  it('does not count pictures as text', async () => {
    const picture = `![p](data:image/png;base64,${'A'.repeat(ANSWERS_LIMITS.characters + 4)})`;
    const { answers } = await readAnswerFile(
      'a.md',
      bytesOf(`## Question 3\n\n${picture}`),
      lab,
      kinds,
      ANSWERS_LIMITS,
    );
    expect(answers[0]?.images[0]?.target.length).toBeGreaterThan(ANSWERS_LIMITS.characters);
    expect(answers[0]?.text).toBe('![p](embedded-picture-1)');
  });
  it('holds for cells, outputs and nesting', async () => {
    const cell = { cell_type: 'markdown', metadata: {}, source: 'a' };
    const cells = Array.from({ length: ANSWERS_LIMITS.cells + 1 }, () => cell);
    expect(await refusal('a.ipynb', bytesOf(JSON.stringify({ cells, nbformat: 4 })))).toBe(
      'answers-too-large',
    );
    expect(await refusal('a.ipynb', bytesOf(`${'['.repeat(100)}${']'.repeat(100)}`))).toBe(
      'json-too-deep',
    );
    expect(
      await refusal('a.ipynb', bytesOf('{"cells": [], "metadata": {"__proto__": {"a": 1}}}')),
    ).toBe('json-unsafe-key');
    expect(await refusal('a.ipynb', bytesOf('{"worksheets": [], "nbformat": 3}'))).toBe(
      'answers-unreadable',
    );
    expect(await refusal('a.html', bytesOf('<div>'.repeat(ANSWERS_LIMITS.nesting + 10)))).toBe(
      'answers-too-large',
    );
    expect(await refusal('a.html', bytesOf('<p>a</p>'.repeat(ANSWERS_LIMITS.blocks + 1)))).toBe(
      'answers-too-large',
    );
  });
  it('unfolds no more of a Word file than it may hold', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(40 * 2 ** 20) });
    expect(bomb.length).toBeLessThan(2 ** 17);
    expect(await refusal('a.docx', bomb)).toBe('answers-too-large');
    expect(await refusal('a.docx', zipSync({ 'word/media/a.png': new Uint8Array(2) }))).toBe(
      'answers-unreadable',
    );
    const deep = `<w:document>${'<w:p><w:r>'.repeat(40_000)}`;
    expect(await refusal('a.docx', zipSync({ 'word/document.xml': strToU8(deep) }))).toBe(
      'answers-unreadable',
    );
  });
});

describe('attacks', () => {
  it('opens no file that a Word document links to', async () => {
    const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0"?>${body}`);
    const linked = zipSync({
      '[Content_Types].xml': xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
      '_rels/.rels': xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/_rels/document.xml.rels': xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
      ),
      'word/document.xml': xml(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body><w:p><w:r><w:t>Question 1: seen</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="rId7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>',
      ),
    });
    const inspected = await inspectAnswers('a.docx', linked);
    expect(inspected).toMatchObject({ answers: [{ question: 'q1', text: 'seen' }] });
    expect(JSON.stringify(inspected)).not.toMatch(/root:|cm9vd/u);
  });
  it('declares no entities in a Word document', async () => {
    const body =
      '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>';
    expect(await refusal('a.docx', zipSync({ 'word/document.xml': strToU8(body) }))).toBe(
      'answers-unreadable',
    );
  });
  it('shows nothing that a page hides or would run', async () => {
    const page = `<html><body><h2>Question 1</h2><script>document.write("accuracy 1.0")</script><p hidden>accuracy 0.99</p>
<p style="display: none">accuracy 0.98</p><noscript>accuracy 0.97</noscript><template>accuracy 0.96</template>
<iframe src="file:///etc/passwd">accuracy 0.95</iframe><p onclick="x()">It is 0.91 accuracy.</p></body></html>`;
    const { answers } = await readAnswerFile('a.html', bytesOf(page), lab, kinds, ANSWERS_LIMITS);
    expect(answers.map(({ text }) => text)).toEqual(['It is 0.91 accuracy.']);
  });
  it('takes escape sequences out of outputs', async () => {
    const text = 'Test accuracy: \u001B[31m0.92\u001B[0m\u001B]0;title\u0007\u001B[2J\u0000';
    const cells = [
      { cell_type: 'code', source: '', outputs: [{ output_type: 'stream', name: 'stdout', text }] },
    ];
    const { answers } = await readAnswerFile(
      'a.ipynb',
      bytesOf(JSON.stringify({ cells })),
      lab,
      kinds,
      ANSWERS_LIMITS,
    );
    expect(answers[0]?.outputs).toEqual(['Test accuracy: 0.92']);
    expect(answers[0]?.claims.map(({ value }) => value)).toEqual([0.92]);
  });
  it.each([
    ['open brackets', 'md', '['.repeat(20_000)],
    ['quotes in quotes', 'md', '> '.repeat(20_000)],
    ['stars', 'md', '*a '.repeat(30_000)],
    ['backticks', 'md', Array.from({ length: 300 }, (_, i) => '`'.repeat(i)).join(' ')],
    [
      'tables',
      'md',
      `|${'a|'.repeat(500)}\n|${'-|'.repeat(500)}\n${`|${'a|'.repeat(5)}\n`.repeat(2000)}`,
    ],
    ['numbers', 'md', `accuracy ${'0.1, '.repeat(20_000)}`],
    ['words', 'md', 'accuracy of the '.repeat(20_000)],
    ['labels', 'md', 'Question 1: a\n'.repeat(2000)],
    ['headings', 'md', '## Question 2\n'.repeat(2000)],
    ['comments', 'py', '# Question 1 a\nx\n'.repeat(2000)],
    ['quotes', 'py', '"""\n'.repeat(9999)],
    [
      'backspaces',
      'ipynb',
      JSON.stringify({
        cells: [
          {
            cell_type: 'code',
            source: '',
            outputs: [{ output_type: 'stream', name: 'stdout', text: 'ab\b\b\r'.repeat(100_000) }],
          },
        ],
      }),
    ],
    ['epochs', 'md', `\`\`\`\n${'Epoch 1/9\n9/9 [=] - 1s - loss: 0.1\n'.repeat(5000)}\`\`\``],
    ['unclosed tags', 'html', '<b><i>'.repeat(150)],
  ])('ends for many %s', async (_, ending, text) => {
    expect([null, 'answers-too-large']).toContain(await refusal(`a.${ending}`, bytesOf(text)));
  });
});
