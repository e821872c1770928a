import { GEOMETRIES, GEOMETRY_NAMES } from '../src/engines/geometries.ts';
import { KERNEL_INTERFACE } from '../src/engines/kernel-interface.ts';
import { KERNEL_NAMES, RETURNS_NUMBER, SIGNATURES } from '../src/engines/signatures.ts';
import { PART_NAMES, PART_TYPES, SPLIT_NAMES, splitCall } from './split-calls.mjs';

const resultType = (name) => (RETURNS_NUMBER.has(name) ? 'uint32_t' : 'void');

/** The C header that declares every kernel and the geometries that they take, generated from the two lists. */
export function signaturesHeader() {
  const lines = KERNEL_NAMES.map((name) => {
    const parameters = SIGNATURES[name].join(', ');
    return `EXPORTED(${name}) ${resultType(name)} KERNEL(${name})(${parameters});`;
  });
  const parts = PART_NAMES.map(
    (name) => `void KERNEL(${name}Part)(${[...SIGNATURES[name], ...PART_TYPES].join(', ')});`,
  );
  return [
    '/* Generated from src/engines/signatures.ts and geometries.ts. */',
    ...GEOMETRY_NAMES.flatMap(structOf),
    '#if defined(__wasm__) && !defined(LABPROOF_THREADS)',
    '#define EXPORTED(name) __attribute__((export_name(#name)))',
    '#else',
    '#define EXPORTED(name)',
    '#endif',
    ...lines,
    ...parts,
    '',
  ].join('\n');
}

function structOf(name) {
  const fields = Object.entries(GEOMETRIES[name]).map(([field, type]) => `  ${type} ${field};`);
  return [`struct ${name} {`, ...fields, '};'];
}

/** The kernels of the levels as structs of functions, and the calls that threads may share. */
function kernelTables(levels) {
  const lines = [
    '/* Generated from src/engines/signatures.ts, geometries.ts and splits.ts. */',
    'struct kernels {',
  ];
  for (const name of KERNEL_NAMES) {
    lines.push(`  ${resultType(name)} (*${name})(${SIGNATURES[name].join(', ')});`);
  }
  for (const name of PART_NAMES) {
    lines.push(`  void (*${name}Part)(${[...SIGNATURES[name], ...PART_TYPES].join(', ')});`);
  }
  lines.push('};');
  const members = [...KERNEL_NAMES, ...PART_NAMES.map((name) => `${name}Part`)];
  for (const level of levels) {
    for (const name of KERNEL_NAMES) {
      lines.push(`${resultType(name)} ${name}_${level}(${SIGNATURES[name].join(', ')});`);
    }
    for (const name of PART_NAMES) {
      const types = [...SIGNATURES[name], ...PART_TYPES].join(', ');
      lines.push(`void ${name}Part_${level}(${types});`);
    }
    const names = members.map((name) => `${name}_${level}`).join(', ');
    lines.push(`static const struct kernels kernels_${level} = {${names}};`);
  }
  lines.push(...SPLIT_NAMES.map(splitCall), '');
  return lines.join('\n');
}

/**
 * The native addon's glue: one Node-API function for each kernel that converts its arguments, the table of those
 * functions, and the interface by which a caller knows them.
 */
export function nativeGlue(levels) {
  const lines = [
    ...GEOMETRY_NAMES.flatMap(structOf),
    kernelTables(levels),
    ...KERNEL_NAMES.map(glueFunction),
    'static const struct entry entries[] = {',
  ];
  for (const name of KERNEL_NAMES) lines.push(`  {"${name}", call_${name}},`);
  lines.push('};', 'static const struct level levels[] = {');
  for (const level of levels) {
    lines.push(`  {"${level}", supports_${level}, {&kernels_${level}, NULL, 0}},`);
  }
  // JSON's escapes are C's.
  lines.push('};', `static const char interface[] = ${JSON.stringify(KERNEL_INTERFACE)};`, '');
  return lines.join('\n');
}

/** The kernels that a module whose memory threads share exports, under the names of those that it is made of. */
export function wasmThreadsGlue() {
  const functions = KERNEL_NAMES.map((name) => {
    const types = SIGNATURES[name];
    const parameters = types.map((type, index) => `${type} a${index}`).join(', ');
    const call = callOf(
      name,
      '&engine',
      types.map((_, index) => `a${index}`),
    );
    const result = RETURNS_NUMBER.has(name) ? 'return ' : '';
    return `EXPORT(${name}) ${resultType(name)} shared_${name}(${parameters}) { ${result}${call}; }`;
  });
  return [kernelTables(['simd128']), ...functions, ''].join('\n');
}

/** The call of a kernel, which threads share where it can be cut. */
function callOf(name, engine, values) {
  return SPLIT_NAMES.includes(name)
    ? `split_${name}(${[engine, ...values].join(', ')})`
    : `(${engine})->kernels->${name}(${values.join(', ')})`;
}

function glueFunction(name) {
  const parameters = SIGNATURES[name];
  const values = parameters.map((type, index) =>
    type.endsWith('*') ? `address(values[${index}])` : `(${type})values[${index}]`,
  );
  const call = callOf(name, 'engine', values);
  return [
    `static napi_value call_${name}(napi_env env, napi_callback_info info) {`,
    `  double values[${parameters.length}];`,
    `  const struct engine *engine = arguments(env, info, values, ${parameters.length});`,
    '  if (engine == NULL) return NULL;',
    RETURNS_NUMBER.has(name) ? `  return number(env, ${call});` : `  ${call};\n  return NULL;`,
    '}',
  ].join('\n');
}
