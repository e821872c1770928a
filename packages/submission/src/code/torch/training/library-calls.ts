import { randomParts, lengthOf } from './data-sets.ts';
import type { TrainingEvents } from './events.ts';
import type { Following, Passed } from './following.ts';
import { runIgnite } from './ignite.ts';
import { followFit } from './lightning.ts';
import { whatChanges } from './unusual-calls.ts';
import { type Called, numberOf, UNKNOWN, type Value } from './values.ts';
import { isLoss } from './words.ts';

/** What gives a network back that trains as the one in it does. */
const WRAPPERS =
  /^torch\.(?:compile|nn\.DataParallel|nn\.parallel\.(?:DataParallel|DistributedDataParallel)|jit\.script)$/u;

/** Calls what the code does not define, by its name: a function of PyTorch's, a class of a library. */
export function callPath(called: Called, following: Following): Value {
  const { path, positional } = called;
  const { events } = following;
  const [first] = positional;
  if (path.startsWith('torch.nn.functional.')) {
    events.tell('loss', called, positional);
    if (isLoss(path)) return { type: 'loss' };
  }
  if (WRAPPERS.test(path)) return first ?? called;
  if (path === 'len') return data(lengthOf(first));
  if (path === 'int' || path === 'float') {
    const number = numberOf(first);
    return data(number === null || path === 'float' ? number : Math.trunc(number));
  }
  if (/(?:^|\.)random_split$/u.test(path)) return randomParts(called);
  // Methods of a network that the code does not make itself.
  if (path.endsWith('.zero_grad')) events.note('zero');
  if (path === 'torch.save' || path.endsWith('.state_dict')) events.note('keep');
  if (path.endsWith('.apply') && first?.type === 'function') {
    following.invoke(first, [], new Map());
  }
  const changes = whatChanges(path);
  if (changes !== null) events.note('unusual', changes.what, changes.by);
  if (/clip_grad_(?:norm|value)_?$/u.test(path)) events.tell('clip', called, positional);
  return called;
}

/** Calls a method of something that a library made: an optimiser, a scheduler, a trainer, a parser of arguments. */
export function callMethodOf(
  object: Called,
  name: string,
  passed: Passed,
  following: Following,
): Value {
  const { positional, named } = passed;
  const { events, parsers } = following;
  const [first] = positional;
  switch (name) {
    case 'add_argument':
      parsers.add(object, positional, named);
      return UNKNOWN;
    case 'parse_args':
      return parsers.parse(object);
    case 'zero_grad':
      events.note('zero');
      return UNKNOWN;
    case 'state_dict':
      if (!/(?:^|\.)(?:optim|lr_scheduler)\.\w+$/u.test(object.path)) events.note('keep');
      return UNKNOWN;
    case 'step':
      // An optimiser that is given a closure calls it.
      if (first?.type === 'function') following.invoke(first, [], new Map());
      events.tell(
        'step',
        first?.type === 'called' && /(?:^|\.)optim\.\w+$/u.test(first.path) ? first : object,
        positional,
      );
      return UNKNOWN;
    case 'fit':
      followFit(object, passed, following);
      return UNKNOWN;
    case 'run':
      runIgnite(object, passed, events);
      return UNKNOWN;
    case 'backward':
      noteBackward(first ?? UNKNOWN, events);
      return UNKNOWN;
    case 'load_state_dict':
      events.note('unusual', 'weights that begin otherwise');
      return UNKNOWN;
    case 'prepare':
      // Accelerate gives back what it is given.
      if (object.named.size > 0) events.note('unusual', 'an option of Accelerator');
      return positional.length === 1 ? (first ?? UNKNOWN) : { type: 'list', items: positional };
    case 'apply':
      if (first?.type === 'function') following.invoke(first, [], new Map());
      return object;
    case 'parameters':
      return { type: 'called', path: 'parameters', positional: [object], named, unclear: false };
    default:
      return ['to', 'cuda', 'cpu'].includes(name) ? object : UNKNOWN;
  }
}

export function noteBackward(of: Value, events: TrainingEvents): void {
  if (of.type !== 'loss') events.note('unusual', 'a loss with more in it');
  events.note('backward');
}

function data(value: number | null): Value {
  return value === null ? UNKNOWN : { type: 'data', data: value };
}
