// The JavaScript end of `contender.mjs`: answers its requests, one JSON line each.
import { createInterface } from 'node:readline';

/**
 * `prepare(task)` gives a runner: `{versions, reset({dropout}), step(index) → loss, evaluate(rows) → examples}`.
 * `step` trains on batch number `index`; `evaluate` does a stretch of the test examples, `rows` at a time.
 */
export async function serve(prepare) {
  let runner;
  let done = 0;
  const answers = {
    async prepare({ task }) {
      runner = await prepare(task);
      return { versions: runner.versions };
    },
    /** The losses of the first steps without dropout; then starts anew with it. */
    check({ steps, seconds }) {
      runner.reset({ dropout: false });
      const losses = [];
      const step = () => losses.push(runner.step(losses.length));
      const time = timed(seconds, step, { least: 2, most: steps });
      runner.reset({ dropout: true });
      return { losses, count: losses.length, ...time };
    },
    train({ seconds }) {
      const from = done;
      const time = timed(seconds, () => {
        runner.step(done);
        done += 1;
      });
      return { count: done - from, ...time };
    },
    evaluate({ seconds, rows }) {
      let count = 0;
      const time = timed(seconds, () => {
        count += runner.evaluate(rows);
      });
      return { count, ...time };
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { request, ...parameters } = JSON.parse(line);
    const answer = await answers[request](parameters);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

/** Repeats until the time is up; the seconds that it took, and those of the processor in all threads. */
function timed(seconds, run, { least = 1, most = Infinity } = {}) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let elapsed = 0;
  for (let count = 0; count < least || (count < most && elapsed < seconds); count += 1) {
    run();
    elapsed = (performance.now() - start) / 1000;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: elapsed, cpu: (user + system) / 1e6 };
}
