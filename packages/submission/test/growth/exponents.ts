import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TEXTS } from './patterns.ts';
import { READERS } from './readers.ts';

/**
 * `npm run growth` writes docs/growth.md: for every reader the steepest growth among all texts, as the exponent e of
 * work ~ length^e over one doubling, by the processor time of this process. What takes less than 60 ms is not counted.
 */
const FROM = Number(process.env['LABPROOF_GROWTH_FROM'] ?? 32_000);
const NOISE = 60;
const STEEP = 2.2;
const PAGE = fileURLToPath(new URL('../../../../docs/growth.md', import.meta.url));

async function work(read: (text: string) => unknown, text: string): Promise<number> {
  const start = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The better of two runs; one suffices where it says nothing. */
async function best(
  read: (text: string) => unknown,
  text: string,
  enough: number,
): Promise<number> {
  const first = await work(read, text);
  return first < enough ? first : Math.min(first, await work(read, text));
}

process.on('unhandledRejection', () => undefined);
const rows: string[] = [];
for (const [reader, read] of Object.entries(READERS)) {
  // The first runs are those of the compiler.
  for (const [, text] of TEXTS) await read(text(2000));
  let steepest: { exponent: number; name: string; once: number; twice: number } | null = null;
  for (const [name, text] of TEXTS) {
    const twice = await best(read, text(2 * FROM), NOISE);
    if (twice < NOISE) continue;
    let once = await best(read, text(FROM), 0);
    let least = twice;
    // Collecting garbage comes at any time: what looks steep is looked at again.
    for (let more = 0; more < 4 && least > STEEP * once; more += 1) {
      once = Math.min(once, await work(read, text(FROM)));
      least = Math.min(least, await work(read, text(2 * FROM)));
    }
    const exponent = Math.log2(least / Math.max(once, 1));
    if (steepest === null || exponent > steepest.exponent)
      steepest = { exponent, name, once, twice: least };
  }
  const row =
    steepest === null
      ? `| ${reader} | – | nothing takes ${NOISE} ms | | |`
      : `| ${reader} | ${steepest.exponent.toFixed(2)} | ${steepest.name} | ${steepest.once.toFixed(0)} | ${steepest.twice.toFixed(0)} |`;
  process.stdout.write(`${row}\n`);
  rows.push(row);
}
writeFileSync(
  PAGE,
  `# How the work of reading grows

How many times longer a text of twice the length takes, for everything that reads text of students: the exponent e of work ~ length^e, 1 where the work is in
proportion and 2 where it is quadratic, for the worst of ${TEXTS.length} kinds of text (a piece that is said again and again, alone or within something that expects
an end). Processor time of one run on one machine, so that single figures are not exact: collecting garbage alone makes some 1.3 of a 1. The
test (\`packages/submission/test/growth\`) lets no text grow by more than three times in two doublings one after the other. Written by \`npm run growth\`.

| what is read | steepest exponent | in what | ${FROM} characters, ms | twice, ms |
|---|---:|---|---:|---:|
${rows.join('\n')}
`,
);
