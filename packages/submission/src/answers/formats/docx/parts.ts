import { reasonOf } from '@labproof/core';
import { Unzip, UnzipInflate, strFromU8, strToU8, zipSync } from 'fflate';
import { unseenMarked } from './unseen.ts';
import { xmlObjection } from './xml.ts';
import { answersTooLarge, answersUnreadable } from '../limits.ts';

/** The parts of a Word document that its text, lists, tables and pictures need. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?(?:document|styles|numbering|footnotes|endnotes)\.xml(?:\.rels)?|word\/media\/[^/\\]{1,100}\.(?:png|jpe?g))$/iu;
const MOST_BYTES = 64 * 2 ** 20;
const MOST_XML = 8 * 2 ** 20;
const MOST_ENTRIES = 2000;
const SAVE_AGAIN =
  'Open it in your word processor, save it as .docx again (without a password) and hand that in.';

/**
 * Packs the needed parts of a Word document anew, uncompressed: every byte is counted while it unfolds, so that the
 * library behind never meets more. Throws the student's `answers-unreadable` or `answers-too-large`.
 */
export function docxParts(bytes: Uint8Array, path: string): Uint8Array {
  const parts: Record<string, Uint8Array> = {};
  let total = 0;
  let entries = 0;
  // The unpacker takes what is thrown inside for damage of its own finding.
  let objection: Error | null = null;
  const refuse = (error: Error): never => {
    objection ??= error;
    throw error;
  };
  const unzip = new Unzip((file) => {
    entries += 1;
    if (entries > MOST_ENTRIES) refuse(answersTooLarge(path, `more than ${MOST_ENTRIES} parts`));
    if (!NEEDED.test(file.name)) return;
    if (Object.hasOwn(parts, file.name)) refuse(damaged(path, 'one part is there twice'));
    const chunks: Uint8Array[] = [];
    let size = 0;
    file.ondata = (error, chunk, final) => {
      if (error !== null) refuse(damaged(path, error.message));
      size += chunk.length;
      total += chunk.length;
      const isXml = /\.(?:xml|rels)$/iu.test(file.name);
      if (total > MOST_BYTES || (isXml && size > MOST_XML)) {
        refuse(
          answersTooLarge(
            path,
            `more than ${(isXml ? MOST_XML : MOST_BYTES) / 2 ** 20} MiB of content`,
          ),
        );
      }
      chunks.push(chunk.slice());
      if (final) parts[file.name] = joined(chunks, size);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    }
  } catch (error) {
    throw objection ?? damaged(path, reasonOf(error));
  }
  if (!Object.hasOwn(parts, 'word/document.xml')) throw damaged(path, 'it is no Word document');
  for (const [name, content] of Object.entries(parts)) {
    const why = /\.(?:xml|rels)$/iu.test(name) ? xmlObjection(content) : null;
    if (why !== null) throw damaged(path, why);
  }
  const text = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  const styles = strFromU8(parts['word/styles.xml'] ?? new Uint8Array());
  parts['word/document.xml'] = strToU8(unseenMarked(text, styles));
  return zipSync(parts, { level: 0 });
}

const PIECE = 2 ** 14;

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function damaged(path: string, why: string): Error {
  return answersUnreadable(path, why, SAVE_AGAIN);
}
