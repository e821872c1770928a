import type { Expression, Statement } from '../../syntax.ts';
import { type Loop, numberOf, type Value } from './values.ts';

/** Wrappers of what a loop goes over: bars of progress, and numbers beside the items. */
const WRAPPERS =
  /(?:^|\.)(?:tqdm|trange|tqdm_notebook|enumerate|track|notebook_tqdm|progress_bar)$/u;

/** What a loop over a value goes over. */
export function loopOver(value: Value): Loop {
  if (value.type !== 'called') return { over: 'unknown' };
  const [first] = value.positional;
  if (value.path === 'range' || /(?:^|\.)trange$/u.test(value.path)) {
    const numbers = value.positional.map(numberOf);
    if (numbers.some((number) => number === null)) return { over: 'numbers', turns: null };
    const [from, to, step] =
      numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
    return { over: 'numbers', turns: Math.max(0, Math.ceil(((to ?? 0) - from) / step)) };
  }
  if (WRAPPERS.test(value.path)) {
    const inner = first ?? value.named.get('iterable');
    return inner === undefined ? { over: 'unknown' } : loopOver(inner);
  }
  return value.path.endsWith('DataLoader')
    ? { over: 'loader', loader: value }
    : { over: 'unknown' };
}

export function sameLoops(a: readonly Loop[], b: readonly Loop[]): boolean {
  return a.length === b.length && a.every((loop, index) => loop === b[index]);
}

/** Names that the turns of a loop give values: at the beginning of a turn nobody knows which. */
export function namesChangedIn(body: readonly Statement[]): string[] {
  return body.flatMap((statement): string[] => {
    switch (statement.kind) {
      case 'assign':
        return statement.targets.flatMap(namesIn);
      case 'change':
        return namesIn(statement.target);
      case 'for':
      case 'while':
      case 'with':
      case 'group':
        return namesChangedIn(statement.body);
      case 'if':
        return [
          ...statement.branches.flatMap((branch) => namesChangedIn(branch.body)),
          ...namesChangedIn(statement.otherwise),
        ];
      case 'try':
        return statement.parts.flatMap(namesChangedIn);
      default:
        return [];
    }
  });
}

function namesIn(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  return target.kind === 'list' ? target.items.flatMap(namesIn) : [];
}
