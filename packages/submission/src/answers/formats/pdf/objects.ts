import { Unzlib } from 'fflate';

/** An object of a PDF as far as counting its work needs it. */
export interface PdfObject {
  readonly number: number;
  /** Its dictionary or value, without the bytes of its stream. */
  readonly head: string;
  /** Where the bytes of its stream begin and end; `null` where it has none. */
  readonly stream: { readonly from: number; readonly to: number } | null;
}

/** Objects begin, end, and pass into their streams at these words. */
const WORDS = /(?<number>\d{1,10})[\s\0]{1,20}\d{1,5}[\s\0]{1,20}obj|(?<!end)stream\r?\n?|endobj/gu;
const PIECE = 2 ** 14;

/** One character for each byte: only the marks of ASCII are looked at. */
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}

/**
 * Finds the objects that lie open in a PDF: more rather than fewer, since a reader mends what is damaged. An object may
 * be there several times.
 */
export function pdfObjects(text: string): PdfObject[] {
  const objects: PdfObject[] = [];
  let number: number | null = null;
  let from = 0;
  let ends = -1;
  const close = (to: number): void => {
    if (number !== null) objects.push({ number, head: text.slice(from, to), stream: null });
    number = null;
  };
  for (const { 0: word, index, groups } of text.matchAll(WORDS)) {
    if (groups?.['number'] !== undefined) {
      close(index);
      number = Number(groups['number']);
      from = index + word.length;
    } else if (word === 'endobj') {
      close(index);
    } else if (number !== null) {
      const head = text.slice(from, index);
      const begin = index + word.length;
      // Looked for once, however many streams have none.
      if (ends < begin) ends = text.indexOf('endstream', begin);
      if (ends < 0) ends = text.length;
      const stated = Number(
        /\/Length[\s\0]+(?<length>\d+)(?![\d\s]*R)/u.exec(head)?.groups?.['length'],
      );
      const to = Math.min(
        text.length,
        Math.max(ends, begin + (Number.isFinite(stated) ? stated : 0)),
      );
      objects.push({ number, head, stream: { from: begin, to } });
      number = null;
    }
  }
  close(text.length);
  return objects;
}

/** The objects that are packed together in one stream: their numbers and places stand before them. */
export function packedObjects(head: string, content: string): PdfObject[] {
  const first = Number(/\/First[\s\0]+(?<first>\d+)/u.exec(head)?.groups?.['first'] ?? Number.NaN);
  if (!Number.isFinite(first)) return [];
  const places = (content.slice(0, first).match(/\d+/gu) ?? []).map(Number);
  const objects: PdfObject[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const begin = first + (places[at + 1] ?? 0);
    const end = first + (places[at + 3] ?? content.length);
    objects.push({
      number: places[at] ?? 0,
      head: content.slice(begin, end),
      stream: null,
    });
  }
  return objects;
}

/**
 * Inflates piece by piece until more than `most` bytes are there; what is damaged gives what came before. The first `kept`
 * bytes are given themselves, of the others the number.
 */
export function inflatedUpTo(
  bytes: Uint8Array,
  most: number,
  kept: number,
): { readonly length: number; readonly content: Uint8Array } {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const unzlib = new Unzlib((chunk) => {
      length += chunk.length;
      if (length <= kept) chunks.push(chunk.slice());
    });
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzlib.push(bytes.subarray(at, at + PIECE));
      if (length > most) break;
    }
  } catch {
    // A reader of PDF takes what came until then, too.
  }
  const content = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return { length, content };
}
