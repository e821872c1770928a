import { readFileSync } from 'node:fs';
import { LabproofError } from '@labproof/core';

/** What a JSON file of the instructor's holds, unchecked. Throws `json-unreadable`; `example` shows what it should hold. */
export function readJsonFile(path: string, example: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LabproofError({
      code: 'json-unreadable',
      owner: 'instructor',
      message: `${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}.`,
      fix: `Check the path, and that it holds something like ${example}`,
      cause: error,
    });
  }
}
