import type { CheckSpec } from '@labproof/core';
import type { CheckContext } from './check.ts';
import { codeNetworkFor } from './code-network.ts';

/** A part of a recipe that a lab may ask for. */
export type Aspect = NonNullable<Extract<CheckSpec, { kind: 'recipe' }>['aspects']>[number];

/** What a submission says about one part of its recipe, and where. */
export interface Stated {
  readonly value: string | number;
  readonly source: string;
}

/**
 * What a submission says about its own training: first what the saved model was compiled with, then what the code
 * says, then what the training log says. Only what is written counts; versions of Keras differ in what they fill in.
 */
export function statedRecipe(context: CheckContext): ReadonlyMap<Aspect, Stated> {
  const stated = new Map<Aspect, Stated>();
  const add = (aspect: Aspect, value: unknown, source: string): void => {
    if (stated.has(aspect) || (typeof value !== 'string' && typeof value !== 'number')) return;
    stated.set(aspect, { value, source });
  };
  const { model } = context;
  const config = model?.state === 'read' ? model.trainingConfig : null;
  const saved = `saved with ${model?.path ?? ''}`;
  add('optimizer', config?.optimizer?.class_name, saved);
  if (config?.optimizer?.schedule === null) {
    add('learning-rate', config.optimizer.options['learning_rate'], saved);
  }
  add('loss', config?.loss, saved);

  const code = codeNetworkFor(context)?.code ?? null;
  const written = 'written in the code';
  add('optimizer', code?.optimizer?.className, written);
  add('learning-rate', code?.optimizer?.options['learning_rate'], written);
  add('loss', code?.loss, written);
  const fit = code?.fits.at(-1);
  add('epochs', fit?.epochs, written);
  add('batch-size', fit?.batchSize, written);

  const printed = context.answer?.histories.at(-1);
  add('epochs', printed?.planned, 'printed in the training log');
  return stated;
}
