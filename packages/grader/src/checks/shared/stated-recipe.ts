import type { Recipe } from '@labproof/core';
import type { CodeFit } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import { codeNetworkFor } from './code-network.ts';

/** The parts of a recipe that a lab may ask for. */
export const ASPECTS = [
  'optimizer',
  'learning-rate',
  'loss',
  'epochs',
  'batch-size',
  'validation',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What a submission says about one part of its recipe, and where. */
export interface Stated {
  readonly value: string | number;
  readonly source: string;
  /** What a reader of it should know, in a sentence. */
  readonly note?: string;
}

/**
 * What a submission says about its own training: first what the saved model was compiled with, then what the code
 * says, then what the training log says. Only what is written counts; versions of Keras differ in what they fill in.
 */
export function statedRecipe(context: CheckContext): ReadonlyMap<Aspect, Stated> {
  const stated = new Map<Aspect, Stated>();
  const add = (aspect: Aspect, value: unknown, source: string, note?: string): void => {
    if (stated.has(aspect) || (typeof value !== 'string' && typeof value !== 'number')) return;
    stated.set(aspect, { value, source, ...(note === undefined ? {} : { note }) });
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
  const training = model?.state === 'read' ? model.training : undefined;
  if (training !== undefined && training.notUnderstood.length === 0) {
    add('optimizer', training.optimizer?.className, written);
    const rated = training.optimizer?.written.includes('learning_rate') ?? false;
    if (rated && training.schedule === null) {
      add('learning-rate', training.optimizer?.options['learning_rate'], written);
    }
    add('loss', training.loss, written);
    add('epochs', training.epochs, written);
    add('batch-size', training.batchSize, written);
  }
  add('optimizer', code?.optimizer?.className, written);
  add('learning-rate', code?.optimizer?.options['learning_rate'], written);
  add('loss', code?.loss, written);
  const fit = code?.fits.at(-1);
  add('epochs', fit?.epochs, written);
  add('batch-size', fit?.batchSize, written);
  const unread = code?.notUnderstood.some((what) => /\bof fit\b/u.test(what)) ?? false;
  if (fit !== undefined && (!unread || fit.validationData)) {
    const { value, note } = validationOf(fit);
    add('validation', value, written, note);
  }

  const printed = context.answer?.histories.at(-1);
  add('epochs', printed?.planned, 'printed in the training log');
  return stated;
}

/** A source of validation images, in the words of Keras. */
export function validationWords({ validation }: Recipe): string {
  switch (validation.from) {
    case 'split':
      return `validation_split = ${validation.share}`;
    case 'test':
      return 'validation_data';
    case 'none':
      return 'none';
  }
}

function validationOf({ validationData, validationSplit }: CodeFit): {
  value: string;
  note?: string;
} {
  const split = validationSplit === null ? null : `validation_split = ${validationSplit}`;
  if (!validationData) return { value: split ?? 'none' };
  return {
    value: 'validation_data',
    ...(split === null
      ? {}
      : {
          note: `The code passes both validation_data and ${split}; Keras then ignores the split, so one of them should go.`,
        }),
  };
}
