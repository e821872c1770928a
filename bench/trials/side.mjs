import { Contender } from './contender.mjs';
import { watchOthers } from './machine.mjs';

/** Rows of an evaluation pass; each side uses the size that is faster for it. */
const EVALUATION_ROWS = [128, 1024];

/** The first steps are compared between the sides: so many, within so many seconds. */
const CHECK = { steps: 20, seconds: 20 };

/** A side whose single step takes longer than so many times a round's seconds is measured in one round only. */
const SLOW = 4;

/** One library in all its modes: alone with one thread, alone with two, and as two processes with one thread each. */
export class Side {
  name;
  versions = '';
  losses = [];
  modes = [];
  slow = false;
  #command;
  #rows = EVALUATION_ROWS[0];
  #contenders = [];

  constructor({ name, command }) {
    this.name = name;
    this.#command = command;
  }

  async start(task, { twoThreads, seconds }) {
    const one = this.#add(1);
    const { versions, form } = await one.prepare(task);
    this.versions = versions;
    const began = performance.now();
    this.losses = await one.check(CHECK.steps, CHECK.seconds);
    const step = (performance.now() - began) / 1000 / this.losses.length;
    this.slow = step > SLOW * seconds;
    if (!this.slow) this.#rows = await fasterRows(one, seconds);
    const twin = this.#add(1);
    await twin.prepare({ ...task, form });
    if (!this.slow) await twin.check(CHECK.steps, CHECK.seconds);
    this.modes = [
      { name: '1 × 1', contenders: [one], results: [] },
      { name: '2 × 1', contenders: [one, twin], results: [] },
    ];
    if (!twoThreads) return;
    const wide = this.#add(2);
    await wide.prepare(task);
    await wide.check(CHECK.steps, CHECK.seconds);
    this.modes.push({ name: '1 × 2', contenders: [wide], results: [] });
  }

  /**
   * Measures one mode; its processes run at the same time. While others kept more than `quiet` cores busy it is done
   * again, so many times at most, and the quietest attempt counts, whatever its result.
   */
  async measure(mode, size, { seconds, attempts, quiet }) {
    let quietest;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const result = await watchOthers(() => this.#attempt(mode, size, seconds));
      if (quietest === undefined || result.others < quietest.others) quietest = result;
      if (quietest.others <= quiet) break;
    }
    mode.results.push(quietest);
  }

  async #attempt({ contenders }, { steps, evaluated }, seconds) {
    const trained = await Promise.all(contenders.map((each) => each.train(seconds)));
    const tested = await Promise.all(
      contenders.map((each) => each.evaluate(seconds / 4, this.#rows)),
    );
    const trials = trained.map((training, index) => {
      const perStep = training.seconds / training.count;
      const perExample = tested[index].seconds / tested[index].count;
      return { perStep, perExample, hourly: 3600 / (steps * perStep + evaluated * perExample) };
    });
    return {
      trialsPerHour: sumOf(trials, 'hourly'),
      millisecondsPerStep: (1000 * sumOf(trials, 'perStep')) / trials.length,
      millisecondsPerExample: (1000 * sumOf(trials, 'perExample')) / trials.length,
      cpu: sumOf([...trained, ...tested], 'cpu'),
    };
  }

  stop() {
    for (const contender of this.#contenders) contender.stop();
  }

  #add(threads) {
    const contender = new Contender(this.name, this.#command(threads));
    this.#contenders.push(contender);
    return contender;
  }
}

function sumOf(items, key) {
  return items.reduce((sum, item) => sum + item[key], 0);
}

async function fasterRows(contender, seconds) {
  let fastest = { rows: EVALUATION_ROWS[0], time: Infinity };
  for (const rows of EVALUATION_ROWS) {
    await contender.evaluate(0, rows);
    const result = await contender.evaluate(seconds / 4, rows);
    const time = result.seconds / result.count;
    if (time < fastest.time) fastest = { rows, time };
  }
  return fastest.rows;
}
