/** Enough characters that work which grows with the square of a text shows, few enough that it ends. */
const FIRST = 2000;
const LAST = process.env['LABPROOF_GROWTH'] === 'long' ? 512_000 : 32_000;
/** Times below this, in milliseconds of this process's own processor time, say nothing about growth. */
const NOISE = 150;
/** Twice the text may take so many times as long: 2 where the work is linear, 4 where it is quadratic. */
const MOST = 3;

/**
 * Reads longer and longer texts, each twice as long as the one before, and tells how the work grew: `null` where it is
 * in proportion to the text, else the two last times. Ratios of processor time, so that a busy machine changes nothing.
 */
export async function growthOf(
  read: (text: string) => unknown,
  text: (length: number) => string,
): Promise<string | null> {
  // Two doublings say something only where both of their ends take longer than that: most texts are done with here.
  if ((await work(read, text(LAST / 2))) <= NOISE) return null;
  let before = await work(read, text(FIRST));
  let steep = 0;
  for (let length = FIRST * 2; length <= LAST; length *= 2) {
    // The better of two runs: the collection of garbage and the compiler come at any time.
    const sample = text(length);
    const first = await work(read, sample);
    const now = first > NOISE ? Math.min(first, await work(read, sample)) : first;
    steep = now > NOISE && now > MOST * Math.max(before, NOISE / 4) ? steep + 1 : 0;
    if (steep === 2) return `${length / 2}: ${before} ms, ${length}: ${now} ms`;
    before = now;
  }
  return null;
}

async function work(read: (text: string) => unknown, text: string): Promise<number> {
  const start = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(start);
  return Math.round((user + system) / 1000);
}
