import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { userCacheDirectory } from '@labproof/core';
import type { Finding } from './finding.ts';

/** Data, browser and the trials of a lab take about so much together. */
const ROOM_BYTES = 2e9;

/** Whether finished trials can be kept. Nothing is written: the folder that is there, or would be, is looked at. */
export async function cacheFinding(trials: string): Promise<Finding> {
  const place = `trials in ${trials}, data and browser below ${userCacheDirectory()}`;
  const fix = 'Set LABPROOF_CACHE to a folder that this account may write to.';
  const existing = await nearestExisting(resolve(trials));
  const finding = { subject: 'cache', required: true };
  if (!(await stat(existing)).isDirectory()) {
    return { ...finding, ok: false, message: `${existing} is a file, not a folder`, fix };
  }
  try {
    await access(existing, constants.W_OK | constants.X_OK);
  } catch {
    return { ...finding, ok: false, message: `${existing} cannot be written to`, fix };
  }
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  const room = `${(free / 1e9).toFixed(1)} GB free`;
  if (free < ROOM_BYTES) {
    return {
      ...finding,
      required: false,
      ok: false,
      message: `${place}; only ${room}`,
      fix: `Free some space in ${existing}, or set LABPROOF_CACHE and LABPROOF_DATA to folders on another disk.`,
    };
  }
  return { ...finding, ok: true, message: `${place}; ${room}`, fix: null };
}

async function nearestExisting(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  const parent = dirname(folder);
  return there || parent === folder ? folder : nearestExisting(parent);
}
