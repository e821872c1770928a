/*
 * Compares exp, log, sin, tanh and sigmoid with a float64 reference at every one of the 2³² float32 arguments and
 * prints the largest distance from the correctly rounded float32. Takes some minutes a function; names on the command
 * line choose functions. V8's Math functions are fdlibm's, with errors below 1 ulp of float64 and exact reduction of
 * huge arguments; rounding them to float32 misses the correct rounding only within 2⁻²⁹ of a tie.
 */
import { openKernels } from '../src/engines/open.ts';

const REFERENCES = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};
const CHUNK = 2 ** 16;
const CHUNKS = 2 ** 16;

const asked = process.argv.slice(2);
const kernels = await openKernels('auto');
const x = kernels.allocate(CHUNK * 4);
const y = kernels.allocate(CHUNK * 4);
const argumentBits = kernels.i32(x, CHUNK);
const arguments32 = kernels.f32(x, CHUNK);
const actual = kernels.f32(y, CHUNK);
const actualBits = kernels.i32(y, CHUNK);
const expected = new Float32Array(CHUNK);
const expectedBits = new Int32Array(expected.buffer);

/** Floats in their order as consecutive integers, both zeros as 0. */
const ordered = (bits) => (bits >= 0 ? bits : -(bits & 0x7fffffff));

let failed = false;
for (const name of asked.length > 0 ? asked : Object.keys(REFERENCES)) {
  const { largest, at, different } = exhaust(name, REFERENCES[name]);
  failed ||= largest > 1;
  console.log(
    `${name}: ${different} of 2^32 results differ from the correctly rounded one, by at most ${largest} ulp` +
      (different > 0 ? ` (at ${at})` : ''),
  );
}
if (failed) process.exitCode = 1;

function exhaust(name, reference) {
  let largest = 0;
  let at = 0;
  let different = 0;
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    for (let i = 0; i < CHUNK; i += 1) argumentBits[i] = chunk * CHUNK + i;
    kernels[name](x, y, CHUNK);
    for (let i = 0; i < CHUNK; i += 1) expected[i] = reference(arguments32[i]);
    for (let i = 0; i < CHUNK; i += 1) {
      if (actualBits[i] === expectedBits[i]) continue;
      if (Number.isNaN(actual[i]) && Number.isNaN(expected[i])) continue;
      const distance =
        Number.isNaN(actual[i]) || Number.isNaN(expected[i])
          ? Infinity
          : Math.abs(ordered(actualBits[i]) - ordered(expectedBits[i]));
      different += 1;
      if (distance >= largest) {
        largest = distance;
        at = arguments32[i];
      }
    }
    if (process.stderr.isTTY && chunk % 256 === 0) {
      process.stderr.write(`\r${name} ${((100 * chunk) / CHUNKS).toFixed(0)} % `);
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  return { largest, at, different };
}
