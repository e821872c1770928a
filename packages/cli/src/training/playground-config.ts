import { existsSync, readFileSync, statSync } from 'node:fs';
import { type PlaygroundConfig, readPlaygroundConfig } from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import { cliError } from '../errors.ts';

/** A configuration is a page of text at most. */
const MOST_BYTES = 64 * 2 ** 10;

/**
 * The configuration that `--config` gives: a file, a playground address, JSON or `key=value` pairs. Pairs and JSON change
 * the exercise's own configuration, an address stands for itself.
 */
export function playgroundConfig(
  exercise: PlaygroundExercise,
  given: string | undefined,
): PlaygroundConfig {
  if (given === undefined) return exercise.config;
  const text = given.includes('=') || given.trim().startsWith('{') ? given : readConfigFile(given);
  return readPlaygroundConfig(text, exercise.config);
}

function readConfigFile(path: string): string {
  const fault = !existsSync(path)
    ? 'there is no such file'
    : !statSync(path).isFile()
      ? 'it is no file'
      : statSync(path).size > MOST_BYTES
        ? `it is larger than ${MOST_BYTES} bytes`
        : null;
  if (fault === null) return readFileSync(path, 'utf8');
  throw cliError('playground-config-unreadable', {
    message: `The playground configuration ${path} cannot be read: ${fault}.`,
    fix: 'Name a file, or give a playground address or pairs such as networkShape=3,activation=tanh.',
  });
}
