/* The C functions that share a call among the threads of a pool, generated from src/engines/splits.ts. */
import { KERNEL_NAMES, SIGNATURES } from '../src/engines/signatures.ts';
import { SPLITS } from '../src/engines/splits.ts';

/** The kernels that threads may share, and those of them that know how to do a part. */
export const SPLIT_NAMES = KERNEL_NAMES.filter((name) => SPLITS[name] !== undefined);
export const PART_NAMES = SPLIT_NAMES.filter((name) => SPLITS[name].kind === 'parts');

/** What a kernel's part takes besides the kernel's own parameters: its number, and how many there are. */
export const PART_TYPES = ['uint32_t', 'uint32_t'];

/** `split_NAME(engine, …)`: does the call in parts where that is worth it, else at once. */
export function splitCall(name) {
  const types = SIGNATURES[name];
  const split = SPLITS[name];
  const parameters = types.map((type, index) => `${type} a${index}`).join(', ');
  const all = types.map((_, index) => `a${index}`).join(', ');
  const aThread = split.kind === 'slices' ? 'SLICES_A_THREAD' : '1';
  return [
    `struct call_of_${name} { const struct kernels *kernels; ${types
      .map((type, index) => `${type} a${index};`)
      .join(' ')} };`,
    `static void part_of_${name}(const void *call, uint32_t part, uint32_t parts) {`,
    `  const struct call_of_${name} *c = call;`,
    ...types.map((type, index) => `  ${type} const a${index} = c->a${index};`),
    ...(split.kind === 'slices'
      ? slice(name, types, split)
      : [`  c->kernels->${name}Part(${all}, part, parts);`]),
    '}',
    `static inline void split_${name}(const struct engine *engine, ${parameters}) {`,
    `  const uint32_t parts = parts_of(engine, ${split.work}, ${aThread});`,
    '  if (parts < 2) {',
    `    engine->kernels->${name}(${all});`,
    '    return;',
    '  }',
    `  const struct call_of_${name} call = {engine->kernels, ${all}};`,
    `  pool_run(engine->pool, part_of_${name}, &call, parts);`,
    '}',
  ].join('\n');
}

/** The kernel on some of the rows: arrays go on by their steps, everything else is as in the call. */
function slice(name, types, { over, grain, steps }) {
  const values = types.map((_, index) => {
    if (index === over) return '(uint32_t)(r.end - r.first)';
    const step = steps[index] ?? '0';
    return step === '0' ? `a${index}` : `a${index} + r.first * (size_t)(${step})`;
  });
  return [
    `  const struct range r = range_of(a${over}, ${grain}, part, parts);`,
    `  if (r.first < r.end) c->kernels->${name}(${values.join(', ')});`,
  ];
}
