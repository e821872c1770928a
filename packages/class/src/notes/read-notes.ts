import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ClassNote } from './class-note.ts';

/** What should be known of a class, in the folder of its results. */
export const NOTES_FILE = 'notes.json';

const NotesSchema = z.array(
  z.object({ kind: z.string(), message: z.string(), about: z.array(z.string()) }),
);

/** The notes of a folder of results; none where there is no such file or it is not of this version. */
export function readNotes(out: string): readonly Pick<ClassNote, 'message' | 'about'>[] {
  try {
    return NotesSchema.parse(JSON.parse(readFileSync(join(out, NOTES_FILE), 'utf8')));
  } catch {
    return [];
  }
}
