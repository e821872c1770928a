import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TEXTS } from './patterns.ts';
import { READERS } from './readers.ts';

/**
 * `npm run growth` writes docs/growth.md: for every reader the steepest growth among all texts, as the exponent e of
 * work ~ length^e over three doublings, by the processor time of this process. One doubling would tell more of the heap,
 * which grows in steps of its own, than of the reader. What takes less than 60 ms at the end is not counted.
 */
const LONG = Number(process.env['LABPROOF_GROWTH_TO'] ?? 256_000);
const DOUBLINGS = 3;
const SHORT = LONG / 2 ** DOUBLINGS;
const NOISE = 60;
/** What looks steeper than this is looked at again, so often. */
const STEEP = 1.1;
const MORE = 4;
const PAGE = fileURLToPath(new URL('../../../../docs/growth.md', import.meta.url));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function work(read: (text: string) => unknown, text: string): Promise<number> {
  // What the readers before have left behind is not this one's work.
  collectGarbage();
  const start = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

interface Growth {
  readonly exponent: number;
  readonly name: string;
  readonly short: number;
  readonly long: number;
}

/** The least of several runs of the short and the long text; `null` where even the long one takes next to nothing. */
async function growth(
  name: string,
  read: (text: string) => unknown,
  text: (length: number) => string,
): Promise<Growth | null> {
  let long = await work(read, text(LONG));
  if (long < NOISE) return null;
  let short = await work(read, text(SHORT));
  const exponent = (): number => Math.log2(long / Math.max(short, 1)) / DOUBLINGS;
  for (let more = 0; more < MORE && exponent() > STEEP; more += 1) {
    // The compiler is done with the short text long before the long one: both get as many runs.
    short = Math.min(short, await work(read, text(SHORT)));
    long = Math.min(long, await work(read, text(LONG)));
  }
  return { exponent: exponent(), name, short, long };
}

process.on('unhandledRejection', () => undefined);
const rows: string[] = [];
for (const [reader, read] of Object.entries(READERS)) {
  // The first runs are those of the compiler.
  for (const [, text] of TEXTS) await read(text(2000));
  let steepest: Growth | null = null;
  for (const [name, text] of TEXTS) {
    const found = await growth(name, read, text);
    if (found !== null && found.exponent > (steepest?.exponent ?? Number.NEGATIVE_INFINITY)) {
      steepest = found;
    }
  }
  const row =
    steepest === null
      ? `| ${reader} | – | nothing takes ${NOISE} ms | | |`
      : `| ${reader} | ${steepest.exponent.toFixed(2)} | ${steepest.name} | ${steepest.short.toFixed(0)} | ${steepest.long.toFixed(0)} |`;
  process.stdout.write(`${row}\n`);
  rows.push(row);
}
writeFileSync(
  PAGE,
  `# How the work of reading grows

How much longer a longer text takes, for everything that reads text of students: the exponent e of work ~ length^e from ${SHORT} to ${LONG} characters (three
doublings), 1 where the work is in proportion and 2 where it is quadratic, for the worst of ${TEXTS.length} kinds of text (a piece that is said again and again,
alone or within something that expects an end). Processor time of one run on one machine: the heap grows in steps, so that a single doubling makes some 1.3 to 2
of a 1, and what is left of that after three is a tenth or two. The test (\`packages/submission/test/growth\`) lets no text grow by more than three
times in two doublings one after the other. Written by \`npm run growth\`.

| what is read | steepest exponent | in what | ${SHORT} characters, ms | ${LONG}, ms |
|---|---:|---|---:|---:|
${rows.join('\n')}
`,
);
