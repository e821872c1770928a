import { TEXTS } from './patterns.ts';
import { READERS } from './readers.ts';

/**
 * `npm run growth`: for every reader the steepest growth among all texts, as the exponent e of work ~ length^e over one doubling,
 * by the processor time of this process. Only what takes long enough to be told from noise is counted.
 */
const FROM = Number(process.env['LABPROOF_GROWTH_FROM'] ?? 128_000);
const NOISE = 60;

async function work(read: (text: string) => unknown, text: string): Promise<number> {
  const start = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const best = async (read: (text: string) => unknown, text: string): Promise<number> =>
  Math.min(await work(read, text), await work(read, text));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.on('unhandledRejection', () => undefined);
say(`| what is read | steepest exponent | in what | ${FROM} characters, ms | twice, ms |`);
say('|---|---:|---|---:|---:|');
for (const [reader, read] of Object.entries(READERS)) {
  let steepest = {
    exponent: Number.NaN,
    name: 'nothing takes 60 ms',
    once: Number.NaN,
    twice: Number.NaN,
  };
  for (const [name, text] of TEXTS) {
    const twice = await best(read, text(2 * FROM));
    if (twice < NOISE) continue;
    const once = await best(read, text(FROM));
    const exponent = Math.log2(twice / Math.max(once, 1));
    if (!(exponent <= steepest.exponent)) steepest = { exponent, name, once, twice };
  }
  const { exponent, name, once, twice } = steepest;
  const shown = Number.isNaN(exponent) ? '–' : exponent.toFixed(2);
  say(`| ${reader} | ${shown} | ${name} | ${once.toFixed(0)} | ${twice.toFixed(0)} |`);
}
