import { Contender } from './contender.mjs';
import { watchOthers } from './machine.mjs';

/** Rows of an evaluation pass; each side uses the size that is faster for it. */
const EVALUATION_ROWS = [128, 1024];

/** The first steps are compared between the sides: so many, within so many seconds. */
const CHECK = { steps: 20, seconds: 20 };

/** A side with longer steps is not measured in rounds: the compared steps are its only ones. */
const LONGEST_STEP = 5;

/** One library in all its modes: alone with one thread, alone with two, and as two processes with one thread each. */
export class Side {
  name;
  versions = '';
  losses = [];
  modes = [];
  /** Whether it is measured while it starts, once, by the compared steps. */
  slow = false;
  #command;
  #rows = EVALUATION_ROWS[0];
  #contenders = [];

  constructor({ name, command }) {
    this.name = name;
    this.#command = command;
  }

  /** Starts its processes on a task; `size` is that of a trial. */
  async start(task, size, { twoThreads, seconds, clock }) {
    const one = this.#add(1);
    const { versions, form } = await one.prepare({ ...task, clock });
    this.versions = versions;
    const checked = await watchOthers(() => one.check(CHECK.steps, CHECK.seconds));
    this.losses = checked.losses;
    const alone = { name: '1 × 1', contenders: [one], results: [] };
    this.modes = [alone];
    if (checked.seconds / checked.count > LONGEST_STEP) {
      this.slow = true;
      const tested = await one.evaluate(0, task.recipe.batchSize);
      const cpu = checked.cpu + tested.cpu;
      alone.results.push({
        ...trialsOf([checked], [tested], size, clock),
        cpu,
        others: checked.others,
      });
      return;
    }
    this.#rows = await fasterRows(one, seconds);
    const twin = this.#add(1);
    await twin.prepare({ ...task, clock, form });
    for (const each of [one, twin]) await this.#warm(each, seconds);
    this.modes.push({ name: '2 × 1', contenders: [one, twin], results: [] });
    // The processor's time of two threads does not tell how long they took together.
    if (!twoThreads || clock === 'cpu') return;
    const wide = this.#add(2);
    await wide.prepare({ ...task, clock });
    await this.#warm(wide, seconds);
    this.modes.push({ name: '1 × 2', contenders: [wide], results: [] });
  }

  /**
   * Measures one mode; its processes run at the same time. While others kept more than `quiet` cores busy it is done
   * again, so many times at most, and the quietest attempt counts, whatever its result.
   */
  async measure({ contenders, results }, size, { seconds, attempts, quiet, clock }) {
    let quietest;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const result = await watchOthers(async () => {
        const trained = await Promise.all(contenders.map((each) => each.train(seconds)));
        const tested = await Promise.all(
          contenders.map((each) => each.evaluate(seconds / 4, this.#rows)),
        );
        const cpu = sumOf([...trained, ...tested], 'cpu');
        return { ...trialsOf(trained, tested, size, clock), cpu };
      });
      if (quietest === undefined || result.others < quietest.others) quietest = result;
      if (quietest.others <= quiet) break;
    }
    results.push(quietest);
  }

  stop() {
    for (const contender of this.#contenders) contender.stop();
  }

  /** Compilers and caches get their time before anything counts. */
  async #warm(contender, seconds) {
    await contender.check(2, 0);
    await contender.train(seconds);
    await contender.evaluate(seconds / 4, this.#rows);
  }

  #add(threads) {
    const contender = new Contender(this.name, this.#command(threads));
    this.#contenders.push(contender);
    return contender;
  }
}

/** Trials an hour of processes side by side, from what each did in which time. */
function trialsOf(trained, tested, { steps, evaluated }, clock) {
  const trials = trained.map((training, index) => {
    const perStep = training[clock] / training.count;
    const perExample = tested[index][clock] / tested[index].count;
    return { perStep, perExample, hourly: 3600 / (steps * perStep + evaluated * perExample) };
  });
  return {
    trialsPerHour: sumOf(trials, 'hourly'),
    millisecondsPerStep: (1000 * sumOf(trials, 'perStep')) / trials.length,
    millisecondsPerExample: (1000 * sumOf(trials, 'perExample')) / trials.length,
  };
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
