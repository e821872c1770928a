import type { Expression, Parameter } from './syntax.ts';
import { listValue, NO_VALUE, type Value, type ValueArgument } from './value.ts';

/** What the parameters of a function stand for in a call of it; what a spread list hands over is not known. */
export function givenArguments(
  parameters: readonly Parameter[],
  args: readonly ValueArgument[],
  evaluate: (initial: Expression) => Value,
): Map<string, Value> {
  const named = new Map<string | null, Value>();
  for (const { name, value } of args) if (!named.has(name)) named.set(name, value);
  const positional = args.filter(({ name }) => name === null);
  const spread = positional.findIndex((argument) => argument.spread);
  const certain = spread < 0 ? positional : positional.slice(0, spread);
  const scope = new Map<string, Value>();
  let place = 0;
  for (const { name, initial, takes } of parameters) {
    if (takes !== 'one') {
      const isKnown = takes === 'rest' && spread < 0;
      const rest = isKnown ? listValue(certain.slice(place).map(({ value }) => value)) : NO_VALUE;
      scope.set(name, rest);
      if (takes === 'rest') place = positional.length;
      continue;
    }
    let value = named.get(name);
    if (value === undefined) {
      value = certain[place]?.value ?? (place < positional.length ? NO_VALUE : undefined);
      place += 1;
    }
    scope.set(name, value ?? (initial === null ? NO_VALUE : evaluate(initial)));
  }
  return scope;
}
