import { existsSync, readFileSync } from 'node:fs';
import { type Manifest, ManifestSchema, reasonOf } from '@labproof/core';

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
  const [issue] = parsed.error.issues;
  return {
    fault: `${file} is no manifest: ${issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`}`,
  };
}
