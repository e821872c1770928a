import { LabproofError, reasonOf } from '@labproof/core';
import type { SubmissionFile } from './submission-files.ts';
import { submissionError } from '../errors.ts';

const MAX_DEPTH = 60;
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads JSON that somebody else wrote. The file is named in the errors, all of them the student's:
 * `json-too-large`, `json-malformed`, `json-too-deep`, and `json-unsafe-key` for keys that reach into
 * JavaScript's own objects.
 */
export function readJson(file: SubmissionFile, maxBytes: number): unknown {
  const { path } = file;
  if (file.bytes > maxBytes) {
    throw submissionError('json-too-large', {
      message: `${path} has ${file.bytes} bytes; files of this kind are a few kilobytes long.`,
      fix: 'Save the file again with the tool that wrote it.',
    });
  }
  const bytes = file.read();
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), path);
  } catch (error) {
    throw error instanceof LabproofError ? error : malformed(path, error);
  }
}

/** The same for text that has been read already. */
export function parseJson(text: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(path, error);
  }
  assertSafe(value, path);
  return value;
}

function malformed(path: string, error: unknown): Error {
  return submissionError('json-malformed', {
    message: `${path} is not complete JSON: ${reasonOf(error)}.`,
    fix: 'Save the file again; the upload may have been cut off.',
  });
}

function assertSafe(root: unknown, path: string): void {
  const pending: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) {
      throw submissionError('json-too-deep', {
        message: `${path} is nested more than ${MAX_DEPTH} levels deep.`,
        fix: 'Save the file again with the tool that wrote it.',
      });
    }
    for (const key of Object.keys(value)) {
      if (UNSAFE_KEYS.has(key)) {
        throw submissionError('json-unsafe-key', {
          message: `${path} holds the key "${key}", which no tool writes there.`,
          fix: 'Save the file again with the tool that wrote it.',
        });
      }
      pending.push({ value: Reflect.get(value, key), depth: depth + 1 });
    }
  }
}
