import { sha256Hex } from '@labproof/core';
import { z } from 'zod';
import { reviewError } from '../errors.ts';
import { eventLine, isWhole, ReviewEventSchema, type ReviewEvent } from '../marks/event.ts';
import { inOrder } from '../marks/effective.ts';

/** The first line of a file of marks. */
const HeadSchema = z.strictObject({
  format: z.literal('labproof-marks'),
  version: z.literal(1),
  lab: z.string(),
  events: z.int().nonnegative(),
  /** SHA-256 of the lines below. */
  digest: z.string(),
});

/** Longest line that is read: a mark of a group of thousands. */
const LONGEST_LINE = 4_000_000;

/** Events as a file: a head, then one event a line in order. The same events give the same bytes. */
export function marksFile(lab: string, events: readonly ReviewEvent[]): string {
  const lines = inOrder(events).map((event) => `${eventLine(event)}\n`);
  const body = lines.join('');
  const head: z.infer<typeof HeadSchema> = {
    format: 'labproof-marks',
    version: 1,
    lab,
    events: lines.length,
    digest: sha256Hex(new TextEncoder().encode(body)),
  };
  return `${JSON.stringify(head)}\n${body}`;
}

/** Reads a file of marks. Throws an instructor's error where it is none, is cut off or says what it did not say. */
export function readMarksFile(path: string, text: string): { lab: string; events: ReviewEvent[] } {
  const invalid = (why: string): Error =>
    reviewError('marks-file-invalid', {
      message: `${path} cannot be merged: ${why}. Nothing was merged.`,
      fix: 'Let its reader export it again with "labproof review export", and send it as a file, not as text.',
    });
  const end = text.indexOf('\n');
  const head = HeadSchema.safeParse(jsonOf(text.slice(0, Math.max(0, end))));
  if (!head.success) throw invalid('it does not begin as a file of marks of this version does');
  const body = text.slice(end + 1);
  if (sha256Hex(new TextEncoder().encode(body)) !== head.data.digest) {
    throw invalid('it was cut off or changed after it was exported');
  }
  const events = body.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    const parsed = ReviewEventSchema.safeParse(line.length > LONGEST_LINE ? null : jsonOf(line));
    if (!parsed.success || !isWhole(parsed.data)) {
      throw invalid(`its line ${index + 2} is not what a reader did`);
    }
    return [parsed.data];
  });
  return { lab: head.data.lab, events };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
