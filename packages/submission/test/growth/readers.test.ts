import { describe, expect, it } from 'vitest';
import { readAnswerFile } from '../../src/answers/read-answer-file.ts';
import { readKerasCode } from '../../src/code/code-reader.ts';
import { readHistory } from '../../src/histories/read-history.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { readOrRefuse, readOrRefuseLater } from '../../src/refusal.ts';
import { kinds } from '../support/kinds.ts';
import { lab } from '../support/lab.ts';
import { growthOf } from './growth.ts';
import { TEXTS } from './patterns.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As it is handed in: a file of this name with this text. What cannot be read is refused, never thrown. */
const file =
  (name: string, content: (text: string) => string = (text) => text) =>
  (text: string) =>
    readOrRefuseLater(() =>
      readAnswerFile(name, bytes(content(text)), lab, kinds, DEFAULT_LIMITS.answers),
    );

const cell =
  (type: 'markdown' | 'code', outputs: unknown[] = []) =>
  (text: string) =>
    JSON.stringify({
      nbformat: 4,
      metadata: {},
      cells: [
        {
          cell_type: type,
          metadata: {},
          source: type === 'code' && outputs.length > 0 ? 'fit()' : text,
          ...(type === 'code'
            ? {
                outputs:
                  outputs.length > 0 ? [{ output_type: 'stream', name: 'stdout', text }] : [],
              }
            : {}),
        },
      ],
    });

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  Markdown: file('answers.md'),
  'plain text': file('answers.txt'),
  'R Markdown': file('answers.Rmd'),
  'a page': file('answers.html'),
  'a script in Python': file('answers.py'),
  'a script in R': file('answers.R'),
  'a notebook’s text': file('answers.ipynb', cell('markdown')),
  'a notebook’s code': file('answers.ipynb', cell('code')),
  'a notebook’s output': file('answers.ipynb', cell('code', ['stream'])),
  'code in Python': (text) => readKerasCode(text, 'python'),
  'code in R': (text) => readKerasCode(text, 'r'),
  'a history as CSV': (text) => readOrRefuse(() => readHistory(historyFile('history.csv', text))),
  'a history as JSON': (text) => readOrRefuse(() => readHistory(historyFile('history.json', text))),
};

describe.each(Object.entries(READERS))('the work of reading %s', (_, read) => {
  it('grows as the text does', { timeout: 1_800_000 }, async () => {
    const steep: string[] = [];
    for (const [name, text] of TEXTS) {
      const growth = await growthOf(read, text);
      if (growth !== null) steep.push(`${name}: ${growth}`);
    }
    expect(steep).toEqual([]);
  });
});

function historyFile(path: string, text: string) {
  const content = bytes(text);
  return { path, bytes: content.length, read: () => content };
}
