import { join } from 'node:path';
import { userCacheDirectory } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import { checkKinds } from '@labproof/grader';
import type { Context, World } from './context.ts';

/** What a command works with in a world: Labproof's labs, and the cache of this user. */
export function openContext(world: World): Context {
  return {
    ...world,
    labs: new Labs(checkKinds),
    trialCacheDirectory: trialCacheDirectory(process.env),
  };
}

/** Where finished trials are kept: `LABPROOF_CACHE`, else a folder in the user's cache directory. */
function trialCacheDirectory(env: NodeJS.ProcessEnv): string {
  const chosen = env['LABPROOF_CACHE'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return join(userCacheDirectory(), 'trials');
}
