import { UNKNOWN_VALUE, type Value } from './values.ts';

/** In characters. */
const LONGEST_NAME = 400;

/** What everybody calls PyTorch's modules, where an import was not handed in. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  nn: 'torch.nn',
  F: 'torch.nn.functional',
};

/** What a name of a module stands for; nothing that anybody wrote has a longer one. */
export function pathTo(path: string): Value {
  return path.length > LONGEST_NAME ? UNKNOWN_VALUE : { type: 'path', path };
}

/** What a name stands for that the code does not define. */
export function pathNamed(name: string): Value {
  return pathTo(USUAL_NAMES[name] ?? name);
}
