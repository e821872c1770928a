import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzedSubmission, grades } from './fuzzed.ts';

/**
 * `npm run fuzz -- --minutes 10`: grades changed submissions until the time is over, from a seed that is printed.
 * `npm run fuzz -- --seed S --case K` does one of them again and writes down its file.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    case: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const again = values.case === undefined ? null : Number(values.case);
const end = Date.now() + Number(values.minutes) * 60_000;
/** Processor seconds after which one submission is worth a look. */
const SLOW = 5;

console.log(`seed ${seed}`);
const failed = new Map<string, string>();
let faults = 0;
let index = again ?? 0;
for (; again === null ? Date.now() < end : index === again; index += 1) {
  const submission = fuzzedSubmission(seed, index);
  const how = `npm run fuzz -- --seed ${seed} --case ${index}   (${submission.changed})`;
  if (again !== null) {
    const place = join(
      mkdtempSync(join(tmpdir(), 'labproof-fuzz-')),
      submission.changed.replaceAll('/', '_'),
    );
    writeFileSync(place, submission.files.get(submission.changed) ?? '');
    console.log(`the changed file: ${place}`);
  }
  const start = process.cpuUsage();
  const { fault, readerFailed } = await grades(submission);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  if (fault !== null) {
    faults += 1;
    console.log(`FAULT ${how}\n${fault}`);
  }
  if (seconds > SLOW) console.log(`SLOW ${seconds.toFixed(1)} s ${how}`);
  if (readerFailed !== null && !failed.has(readerFailed)) {
    failed.set(readerFailed, how);
    console.log(`reader-failed: ${readerFailed}\n  ${how}`);
  }
}
console.log(
  `${index - (again ?? 0)} submissions, ${faults} faults, ${failed.size} kinds of reader-failed`,
);
process.exitCode = faults > 0 ? 1 : 0;
