import type { TrainingEvents } from './events.ts';
import type { Passed } from './following.ts';
import { loopOver } from './loops.ts';
import { type Called, numberOf, UNKNOWN } from './values.ts';

/** `create_supervised_trainer(model, optimizer, loss_fn).run(loader, max_epochs=4)` of Ignite's: one step a batch. */
export function runIgnite(
  engine: Called,
  { positional, named }: Passed,
  events: TrainingEvents,
): void {
  if (!engine.path.endsWith('create_supervised_trainer')) return;
  const [, optimizer = engine.named.get('optimizer'), loss = engine.named.get('loss_fn')] =
    engine.positional;
  if (optimizer?.type !== 'called') return;
  const [data = named.get('data') ?? UNKNOWN, epochs = named.get('max_epochs')] = positional;
  for (const option of engine.named.keys()) {
    if (!['model', 'optimizer', 'loss_fn', 'device', 'non_blocking'].includes(option)) {
      events.note('unusual', `${option} of create_supervised_trainer`);
    }
  }
  const turns = epochs === undefined ? 1 : numberOf(epochs);
  events.within({ over: 'numbers', turns }, () =>
    events.within(loopOver(data), () => {
      events.note('zero');
      if (loss?.type === 'called') events.tell('loss', loss, []);
      events.note('backward');
      events.tell('step', optimizer, []);
    }),
  );
}
