import { Parser } from 'htmlparser2';
import { decodeText } from '../../text/decode-text.ts';

/** A style sheet that was handed in beside a page. */
export interface SheetFile {
  readonly path: string;
  readonly bytes: number;
  read(): Uint8Array;
}

const MOST_SHEETS = 10;
/** In bytes; style sheets of whole frameworks have 200 kB. */
const LARGEST = 2 ** 19;

/**
 * The style sheets that a page at `path` links to and that lie in the same submission, as text, in the order of the links.
 * What lies elsewhere is not fetched.
 */
export function linkedSheets(path: string, html: string, files: readonly SheetFile[]): string[] {
  if (files.length === 0 || !/stylesheet/iu.test(html)) return [];
  const byPath = new Map(files.map((file) => [file.path.toLowerCase(), file]));
  const sheets: string[] = [];
  const parser = new Parser({
    onopentag(name, { rel = '', href = '' }) {
      if (name !== 'link' || !/stylesheet/iu.test(rel) || sheets.length === MOST_SHEETS) return;
      const file = byPath.get(resolved(path, href).toLowerCase());
      if (file !== undefined && file.bytes <= LARGEST) sheets.push(decodeText(file.read()));
    },
  });
  parser.end(html);
  return sheets;
}

/** The path in the submission that an address on a page leads to; empty where it leads out of it. */
function resolved(page: string, address: string): string {
  if (/^[a-z][a-z\d+.-]*:|^\/\//iu.test(address)) return '';
  const [plain = ''] = address.split(/[?#]/u);
  const parts = plain.startsWith('/') ? [] : page.split('/').slice(0, -1);
  for (const part of decoded(plain).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/').normalize('NFC');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
