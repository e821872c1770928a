// Adds up vitest's "Tests  …" lines of all packages and prints the closing line. Fails when anything did.
import { readFileSync } from 'node:fs';

const [logPath, failedSteps] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const line of readFileSync(logPath, 'utf8').split('\n')) {
  if (!/\bTests\s+\d/u.test(line)) continue;
  for (const kind of Object.keys(totals)) {
    totals[kind] += Number(new RegExp(`(\\d+) ${kind}`, 'u').exec(line)?.[1] ?? 0);
  }
}
totals.failed += Number(failedSteps) > 0 && totals.failed === 0 ? 1 : 0;
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
