import type { TorchLayer } from './layer.ts';
import { Effort } from '../effort.ts';
import { parsePython } from '../python/parse-python.ts';
import { Evaluator } from './evaluator.ts';
import { Forward } from './forward.ts';
import { type Module, NotUnderstood, type Value } from './values.ts';

/** A network that code defines. */
export interface TorchNetwork {
  /** Its class, or the variable that holds it. */
  readonly name: string;
  /** In the order in which they are called; `null` where that is not understood. */
  readonly layers: readonly TorchLayer[] | null;
  /** Why not. */
  readonly notUnderstood: string | null;
}

/** Longer pieces are data. */
const LONGEST = 400_000;
/** Steps for the code of one submission: signs and nodes of the grammar, statements and expressions followed. */
const MOST_PARSED = 1_000_000;
const MOST_FOLLOWED = 300_000;
const MOST_NETWORKS = 50;
const OF_TORCH = /\bnn\.|\bModule\b|\bSequential\b/u;

/**
 * The networks that pieces of Python define, in order: a cell may define a class that a later one makes an object of.
 * The code is parsed and followed, never run.
 */
export function readTorchNetworks(pieces: readonly string[]): TorchNetwork[] {
  const parsing = new Effort(MOST_PARSED);
  const evaluator = new Evaluator(new Effort(MOST_FOLLOWED));
  if (!pieces.some((piece) => OF_TORCH.test(piece))) return [];
  for (const piece of pieces) {
    if (piece.length > LONGEST || parsing.isOver) continue;
    evaluator.run(parsePython(piece, parsing).statements);
  }
  const networks: TorchNetwork[] = [];
  for (const { name, module } of evaluator.made.slice(0, MOST_NETWORKS)) {
    if (module.kind !== 'layer') networks.push(follow(evaluator, name, () => module));
  }
  const made = new Set(
    evaluator.made.flatMap(({ module }) => (module.kind === 'instance' ? [module.of] : [])),
  );
  for (const each of evaluator.classes.slice(0, MOST_NETWORKS)) {
    if (made.has(each)) continue;
    networks.push(
      follow(evaluator, each.name, () => {
        const value = evaluator.instantiate(each, []);
        return value.type === 'module' ? value.module : null;
      }),
    );
  }
  return networks;
}

function follow(evaluator: Evaluator, name: string, make: () => Module | null): TorchNetwork {
  const called = name.slice(0, 80);
  try {
    const module = make();
    if (module === null) throw new NotUnderstood('an object that is no network');
    const forward = new Forward();
    evaluator.forward = forward;
    const input: Value = { type: 'tensor', at: -1 };
    const output = evaluator.call({ type: 'module', module, path: '' }, [
      { name: null, value: input },
    ]);
    if (output.type !== 'tensor' || output.at !== forward.layers.length - 1) {
      throw new NotUnderstood(
        'a network that gives back something else than the output of its last layer',
      );
    }
    return { name: called, layers: forward.layers, notUnderstood: null };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { name: called, layers: null, notUnderstood: error.message };
  } finally {
    evaluator.forward = null;
  }
}
