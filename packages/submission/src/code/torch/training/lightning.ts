import type { Following, Passed } from './following.ts';
import { type Called, UNKNOWN, type Value } from './values.ts';

/** What `trainer.fit(model, loader)` of Lightning's does: with its own loaders, or those of the model or of a module of data. */
export function followFit(
  trainer: Called,
  { positional, named }: Passed,
  following: Following,
): void {
  const [model = named.get('model') ?? UNKNOWN, second] = positional;
  const given = second ?? named.get('train_dataloaders') ?? named.get('datamodule') ?? model;
  following.events.tell('fit', trainer, [model, loaderOf(given, following)]);
  if (model.type !== 'record' || model.of === null) return;
  const { events } = following;
  const configure = model.of.methods.get('configure_optimizers');
  const told = configure === undefined ? UNKNOWN : following.invoke(configure, [model], new Map());
  for (const subject of calledIn(told)) events.tell('step', subject, []);
  if (stepsOtherwise(told)) events.note('unusual', 'a scheduler that does not step once an epoch');
  const step = model.of.methods.get('training_step');
  if (step !== undefined) following.invoke(step, [model], new Map());
}

/** The loader that something is or has. */
function loaderOf(given: Value, following: Following): Value {
  if (given.type !== 'record' || given.of === null) return given;
  const { methods } = given.of;
  const setup = methods.get('setup');
  if (setup !== undefined) following.invoke(setup, [given], new Map());
  const load = methods.get('train_dataloader');
  return load === undefined ? UNKNOWN : following.invoke(load, [given], new Map());
}

/** The optimisers and schedulers that `configure_optimizers` gives back, in any of its forms. */
function calledIn(value: Value): Called[] {
  if (value.type === 'called') return [value];
  if (value.type === 'list') return value.items.flatMap(calledIn);
  if (value.type === 'record') return [...value.entries.values()].flatMap(calledIn);
  return [];
}

/** `{'scheduler': scheduler, 'interval': 'step'}` */
function stepsOtherwise(value: Value): boolean {
  if (value.type === 'list') return value.items.some(stepsOtherwise);
  if (value.type !== 'record') return false;
  const interval = value.entries.get('interval');
  const isEach = interval === undefined || (interval.type === 'data' && interval.data === 'epoch');
  return (
    !isEach || value.entries.has('frequency') || [...value.entries.values()].some(stepsOtherwise)
  );
}
