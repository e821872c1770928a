import { TFJS_ENGINES } from '@labproof/core/tensorflow';
import { type Command, Option } from 'commander';

/** The engines that a user may ask for. */
export const ENGINES = ['auto', 'native', 'wasm'] as const;

/** The engines that may train what bands and digests come from: a GPU's bits are the same. */
export const TRAINING_ENGINES = [...ENGINES, 'cuda'] as const;

/** The engines that may train what is only looked at: TensorFlow.js never makes bands or grades. */
export const RUN_ENGINES = [...TRAINING_ENGINES, ...TFJS_ENGINES] as const;

/** Adds `--engine`, and `--fallback` for the engine that goes on where a GPU fails. */
export function addEngineOptions(command: Command, engines: readonly string[]): Command {
  return command
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(engines).default('auto'),
    )
    .addOption(
      new Option(
        '--fallback <engine>',
        'goes on from the last checkpoints where a GPU fails (with --engine auto there always is one)',
      ).choices(ENGINES),
    );
}
