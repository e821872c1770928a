import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How many of the first steps are compared: their mean loss shows that all sides train the same network. */
export const COMPARED_STEPS = 50;

/**
 * A library in its own process. It reads one JSON line a request and answers with one:
 * `{task}` → `{versions}`, then `{steps}` → `{seconds, meanLoss}`, until its input ends.
 */
export class Side {
  versions = '';
  loss = { steps: COMPARED_STEPS, mean: Number.NaN };
  #steps = 1;
  #child;
  #answers;
  #name;

  static async start(name, command, task, seconds) {
    const side = new Side(name, command);
    side.versions = (await side.#ask({ task })).versions;
    const first = await side.#ask({ steps: COMPARED_STEPS });
    side.loss.mean = first.meanLoss;
    // The first steps also warm up caches and compilers; a second measurement sets the length of a round.
    const probe = Math.max(1, Math.round((COMPARED_STEPS * seconds) / first.seconds / 4));
    const second = await side.#ask({ steps: probe });
    side.#steps = Math.max(1, Math.round((probe * seconds) / second.seconds));
    return side;
  }

  constructor(name, [program, ...parameters]) {
    this.#name = name;
    this.#child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds a step, over one round. */
  async round() {
    const { seconds } = await this.#ask({ steps: this.#steps });
    return (seconds * 1000) / this.#steps;
  }

  stop() {
    this.#child.stdin.end();
  }

  async #ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.#name} ended without an answer`);
    return JSON.parse(value);
  }
}

/** The other end: answers requests with a runner made by `prepare(task)`, which gives `{versions, step(index) → loss}`. */
export async function serve(prepare) {
  let runner;
  let done = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    if (request.task !== undefined) {
      runner = await prepare(request.task);
      answer = { versions: runner.versions };
    } else {
      let sum = 0;
      const start = performance.now();
      for (let count = 0; count < request.steps; count += 1) {
        sum += runner.step(done);
        done += 1;
      }
      const seconds = (performance.now() - start) / 1000;
      answer = { seconds, meanLoss: sum / request.steps };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
