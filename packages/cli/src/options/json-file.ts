import { reasonOf } from '@labproof/core';
import { readFileSync } from 'node:fs';
import { cliError } from '../errors.ts';

/** What a JSON file of the instructor's holds, unchecked. Throws `json-unreadable`; `example` shows what it should hold. */
export function readJsonFile(path: string, example: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw cliError('json-unreadable', {
      message: `${path} cannot be read as JSON: ${reasonOf(error)}.`,
      fix: `Name a file that holds something like ${example}`,
      cause: error,
    });
  }
}
