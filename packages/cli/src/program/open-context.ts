import { join } from 'node:path';
import { userCacheDirectory } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import type { CheckKinds } from '@labproof/lab';
import type { Context, World } from './context.ts';
import { keptLabs } from './kept-labs.ts';

/**
 * What a command works with in a world: Labproof's labs, and the cache of this user. Without kinds of checks, those of
 * the labs are taken as they are written; `whole` has Labproof's own labs read and examined anew, whatever was kept.
 */
export function openContext(
  world: World,
  { checks, whole }: { readonly checks?: CheckKinds; readonly whole: boolean },
): Context {
  return {
    ...world,
    labs: new Labs(checks, whole ? null : keptLabs),
    trialCacheDirectory: trialCacheDirectory(process.env),
  };
}

/** Where finished trials are kept: `LABPROOF_CACHE`, else a folder in the user's cache directory. */
function trialCacheDirectory(env: NodeJS.ProcessEnv): string {
  const chosen = env['LABPROOF_CACHE'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return join(userCacheDirectory(), 'trials');
}
