import { reasonOf } from '@labproof/core';
import { parse } from 'yaml';
import { z } from 'zod';
import { classError } from '../errors.ts';

/** Gradescope puts this file beside the folders of an export. */
export const GRADESCOPE_METADATA = 'submission_metadata.yml';

/** One of those who handed in a folder. */
interface Submitter {
  readonly sid: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

/** Who handed in one folder of a Gradescope export. */
export interface GradescopeHandIn {
  /** Several for a group; none where the file names nobody. */
  readonly submitters: readonly Submitter[];
  /** As Gradescope writes it, with its offset. */
  readonly createdAt: string | null;
}

const Text = z.union([z.string(), z.number().transform(String)]).nullish();
const SubmitterSchema = z.looseObject({ ':name': Text, ':sid': Text, ':email': Text });
const EntrySchema = z.looseObject({
  ':submitters': z.array(SubmitterSchema).nullish(),
  ':created_at': z.unknown().optional(),
});
const MetadataSchema = z.record(z.string(), z.unknown());

/** Aliases that one file may expand; Gradescope writes none. */
const MOST_ALIASES = 10;

/** Reads `submission_metadata.yml`: folder name → who and when. Throws an instructor's error. */
export function readGradescopeMetadata(
  text: string,
  path: string,
): ReadonlyMap<string, GradescopeHandIn> {
  let document: unknown;
  try {
    document = parse(text, {
      schema: 'failsafe',
      maxAliasCount: MOST_ALIASES,
      prettyErrors: false,
    });
  } catch (error) {
    throw unreadable(path, reasonOf(error), error);
  }
  const parsed = MetadataSchema.safeParse(document);
  if (!parsed.success) throw unreadable(path, 'it is not a list of submissions', parsed.error);
  const handIns = new Map<string, GradescopeHandIn>();
  for (const [folder, value] of Object.entries(parsed.data)) {
    const entry = EntrySchema.safeParse(value).data;
    const submitters = entry?.[':submitters'] ?? [];
    const created = entry?.[':created_at'];
    handIns.set(folder, {
      submitters: submitters.map((submitter) => ({
        sid: plain(submitter[':sid']),
        email: plain(submitter[':email']),
        name: plain(submitter[':name']),
      })),
      createdAt: typeof created === 'string' ? created : null,
    });
  }
  return handIns;
}

function plain(value: string | null | undefined): string | null {
  const text = (value ?? '').trim();
  return text === '' || text === 'null' || text === '~' ? null : text;
}

function unreadable(path: string, why: string, cause: unknown): Error {
  return classError('gradescope-metadata-unreadable', {
    message: `${path} cannot be read: ${why}.`,
    fix: 'Export the submissions from Gradescope again, or remove this file to go by the folder names.',
    cause,
  });
}
