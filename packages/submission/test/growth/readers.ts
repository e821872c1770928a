import { strToU8, zipSync } from 'fflate';
import { onePagePdf } from '../../../../fixtures/hostile/raw-pdf.ts';
import { readAnswerFile } from '../../src/answers/read-answer-file.ts';
import { readKerasCode } from '../../src/code/code-reader.ts';
import { readTorchNetworks } from '../../src/code/torch/networks.ts';
import { readHistory } from '../../src/histories/read-history.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { readOrRefuse, readOrRefuseLater } from '../../src/refusal.ts';
import { escapeXml } from '../../src/text/xml.ts';
import { kinds } from '../support/kinds.ts';
import { lab } from '../support/lab.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As it is handed in: a file of this name with this text. What cannot be read is refused, never thrown. */
const file =
  (name: string, content: (text: string) => string | Uint8Array = (text) => text) =>
  (text: string) => {
    const written = content(text);
    return readOrRefuseLater(() =>
      readAnswerFile(
        name,
        typeof written === 'string' ? bytes(written) : written,
        lab,
        kinds,
        DEFAULT_LIMITS.answers,
      ),
    );
  };

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

/** Everything that reads text of students, by what it reads: a function of the text. */
export const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  Markdown: file('answers.md'),
  'plain text': file('answers.txt'),
  'R Markdown': file('answers.Rmd'),
  'a page': file('answers.html'),
  'a script in Python': file('answers.py'),
  'a script in R': file('answers.R'),
  'a notebook’s text': file('answers.ipynb', cell('markdown')),
  'a notebook’s code': file('answers.ipynb', cell('code')),
  'a notebook’s output': file('answers.ipynb', cell('code', ['stream'])),
  'a Word document': file('answers.docx', (text) =>
    zipSync({
      '[Content_Types].xml': strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      ),
      'word/document.xml': strToU8(
        `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p></w:body></w:document>`,
      ),
    }),
  ),
  'a PDF’s content': file('answers.pdf', (text) => onePagePdf(text)),
  'code in Python': (text) => readKerasCode(text, 'python'),
  'code in R': (text) => readKerasCode(text, 'r'),
  'code for PyTorch': (text) =>
    readTorchNetworks([`import torch.nn as nn\nm = nn.Sequential()\n${text}`]),
  'a history as CSV': (text) => readOrRefuse(() => readHistory(historyFile('history.csv', text))),
  'a history as JSON': (text) => readOrRefuse(() => readHistory(historyFile('history.json', text))),
};

function historyFile(path: string, text: string) {
  const content = bytes(text);
  return { path, bytes: content.length, read: () => content };
}
