import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { issuesText, type Manifest, ManifestSchema, reasonOf } from '@labproof/core';

/** A manifest from its file; what is wrong with a file that is none; `null` where there is no such file. */
export function readManifest(file: string): Manifest | { readonly fault: string } | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { fault: `${file} cannot be read as a manifest: ${reasonOf(error)}` };
  }
  const parsed = ManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const other = OtherFormatSchema.safeParse(json);
  if (other.success && other.data.format !== THIS_FORMAT) {
    return {
      fault: `${file} is a manifest of another version of Labproof (${other.data.format}; this one reads ${THIS_FORMAT})`,
    };
  }
  return { fault: `${file} is no manifest: ${issuesText(parsed.error.issues.slice(0, 1))}` };
}

const THIS_FORMAT = ManifestSchema.shape.format.value;
const OtherFormatSchema = z.object({ format: z.string().startsWith('labproof-manifest-') });
