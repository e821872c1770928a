import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A library in a process of its own. It reads one JSON line a request and answers with one, until its input ends. */
export class Contender {
  #name;
  #child;
  #answers;

  constructor(name, [program, ...parameters]) {
    this.#name = name;
    this.#child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    // A process that died is reported by the missing answer.
    this.#child.stdin.on('error', () => undefined);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** `{versions, form}`: `form` is the way of doing a step that turned out fastest; a task may name it. */
  prepare(task) {
    return this.#ask({ request: 'prepare', task });
  }

  /** The first steps without dropout, at least two, as many as the seconds allow: `{losses, count, seconds, cpu}`. */
  check(steps, seconds) {
    return this.#ask({ request: 'check', steps, seconds });
  }

  /** Trains for about so long, at least one step: `{count, seconds, cpu}`. */
  train(seconds) {
    return this.#ask({ request: 'train', seconds });
  }

  /** Evaluates for about so long, `rows` examples at a time: `{count, seconds, cpu}`. */
  evaluate(seconds, rows) {
    return this.#ask({ request: 'evaluate', seconds, rows });
  }

  stop() {
    this.#child.stdin.end();
    this.#child.kill();
  }

  async #ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.#name} ended without an answer to "${request.request}"`);
    return JSON.parse(value);
  }
}
