import { MOST_SET_ASIDE, takesTooMuch } from '@labproof/class/browser';
import { brokenGrade, unreadGrade } from '@labproof/grader';
import { DEFAULT_LIMITS, type SetAside } from '@labproof/submission';
import { resultOf } from './worker/check.ts';
import type {
  CheckResult,
  CheckSetup,
  DataFiles,
  FromCheckWorker,
  HandIn,
  ToCheckWorker,
} from './worker/protocol.ts';
import { Countdown } from './countdown.ts';
import { startWorker } from './worker/start-worker.ts';
import { type EndingHere, inBrowser, problemHere, tookHere, whyStopped } from './words.ts';

/** Seconds that the command line gives a submission. */
const TIME_LIMIT = 300;

/** What happens while a hand-in is looked over. */
export interface CheckEvents {
  readonly onMessage: (message: FromCheckWorker) => void;
  /** Gives the packed test images of a data set; `null` where they cannot be had. */
  readonly data: (dataset: string, damaged: string | null) => Promise<DataFiles | null>;
}

/**
 * Where hand-ins are looked over: a worker, which is ended when a file takes more time than reading does, or all of it
 * too much. The file is set aside then, and the others are read in another worker.
 */
export class CheckPlace {
  readonly #setup: CheckSetup;
  readonly #events: CheckEvents;
  #worker: Worker | null = null;
  #ready: Promise<Worker> | null = null;
  #data = new Set<string>();

  constructor(setup: CheckSetup, events: CheckEvents) {
    this.#setup = setup;
    this.#events = events;
  }

  /** Resolves when everything that a check needs is loaded, but for test images. */
  async prepare(): Promise<void> {
    await this.#started();
  }

  /** Brings test images along before they are asked for. */
  async give(dataset: string, files: DataFiles): Promise<void> {
    this.#data.add(dataset);
    tell(await this.#started(), { kind: 'data', dataset, files });
  }

  /**
   * `null` where it was stopped. Where trying the models comes to no end, what can be said without them stands: a slow
   * computer is nobody's fault.
   */
  async check(handIn: HandIn): Promise<CheckResult | null> {
    const setAside: SetAside[] = [];
    let stopped: EndingHere | null = null;
    for (;;) {
      const end = await this.#attempt({
        kind: 'check',
        handIn,
        setAside,
        models: stopped === null,
      });
      if (end === 'stopped') return null;
      if (end.kind === 'result') {
        return stopped === null
          ? end.result
          : { ...end.result, unseen: { by: 'stop', why: whyStopped(stopped) } };
      }
      const { path, ending } = end;
      const took = tookHere(ending);
      if (took !== null && path !== null && !setAside.some((known) => known.path === path)) {
        if (setAside.length >= MOST_SET_ASIDE) {
          const problem = inBrowser(takesTooMuch(setAside));
          return this.#whole((subject) => unreadGrade(subject, problem), handIn);
        }
        setAside.push({ path, took });
      } else if (stopped === null && path === null) {
        stopped = ending;
      } else {
        // What only took long is nobody's fault: in grading a person looks at it.
        const gradeOf = took === null ? brokenGrade : unreadGrade;
        return this.#whole((subject) => gradeOf(subject, problemHere(ending)), handIn);
      }
    }
  }

  /** Asks for the hand-in that was looked over last as a .zip. */
  async zip(): Promise<Extract<FromCheckWorker, { kind: 'zip' }>> {
    const worker = await this.#started();
    return new Promise((resolve) => {
      const listen = ({ data }: MessageEvent<FromCheckWorker>): void => {
        if (data.kind !== 'zip') return;
        worker.removeEventListener('message', listen);
        resolve(data);
      };
      worker.addEventListener('message', listen);
      tell(worker, { kind: 'zip' });
    });
  }

  /** Ends whatever is going on. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker?.dispatchEvent(new Event('stopped'));
    this.#worker = null;
    this.#ready = null;
  }

  #whole(
    gradeOf: (subject: Subject) => Parameters<typeof resultOf>[0],
    handIn: HandIn,
  ): CheckResult {
    const { lab } = this.#setup;
    const grade = gradeOf({
      lab,
      student: handIn.name || 'submission',
      name: null,
    });
    return { ...resultOf(grade, lab, new Map()), unseen: null };
  }

  #started(): Promise<Worker> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  async #start(): Promise<Worker> {
    const { folder, site } = this.#setup;
    const worker = startWorker(new URL(site.assets.checkWorker, folder).href);
    this.#worker = worker;
    const heard = (...kinds: readonly FromCheckWorker['kind'][]): Promise<FromCheckWorker> =>
      new Promise((resolve, reject) => {
        worker.addEventListener('message', ({ data }: MessageEvent<FromCheckWorker>) => {
          if (kinds.includes(data.kind)) resolve(data);
        });
        worker.addEventListener('error', (event) => reject(new Error(event.message)), {
          once: true,
        });
      });
    await heard('started');
    const answer = heard('ready', 'failed');
    tell(worker, this.#setup);
    const reply = await answer;
    if (reply.kind === 'failed') throw new Error(reply.message);
    for (const dataset of this.#data) {
      const files = await this.#events.data(dataset, null);
      if (files !== null) tell(worker, { kind: 'data', dataset, files });
    }
    return worker;
  }

  async #attempt(task: Extract<ToCheckWorker, { kind: 'check' }>): Promise<Attempt | 'stopped'> {
    const worker = await this.#started();
    const { readingSeconds } = DEFAULT_LIMITS.submission;
    return new Promise((resolve) => {
      let reading: Countdown | null = null;
      let path: string | null = null;
      const end = (attempt: Attempt | 'stopped'): void => {
        whole.pause();
        reading?.pause();
        worker.removeEventListener('message', listen);
        // First: stopping ends the attempt as well.
        resolve(attempt);
        if (attempt !== 'stopped' && attempt.kind === 'ended') this.stop();
      };
      const ended = (ending: EndingHere): void => end({ kind: 'ended', ending, path });
      const whole = new Countdown(TIME_LIMIT * 1000, () =>
        ended({ kind: 'late', seconds: TIME_LIMIT }),
      );
      const listen = ({ data }: MessageEvent<FromCheckWorker>): void => {
        this.#events.onMessage(data);
        switch (data.kind) {
          case 'reading':
            reading?.pause();
            ({ path } = data);
            if (path !== null) {
              reading = new Countdown(readingSeconds * 1000, () =>
                ended({ kind: 'overworked', seconds: readingSeconds }),
              );
            }
            return;
          case 'want':
          case 'damaged':
            // A slow network is not what takes a hand-in too long.
            whole.pause();
            void this.#fetch(worker, data.dataset, data.kind === 'damaged' ? data.path : null);
            return;
          case 'step':
            if (data.step !== 'load') whole.goOn();
            return;
          case 'result':
            end({ kind: 'result', result: data.result });
            return;
          case 'failed':
            ended({ kind: 'died', how: data.message });
            return;
        }
      };
      worker.addEventListener('message', listen);
      worker.addEventListener('stopped', () => end('stopped'), { once: true });
      worker.addEventListener('error', (event) => ended({ kind: 'died', how: event.message }), {
        once: true,
      });
      tell(worker, task);
    });
  }

  async #fetch(worker: Worker, dataset: string, damaged: string | null): Promise<void> {
    const files = await this.#events.data(dataset, damaged);
    if (files !== null) this.#data.add(dataset);
    tell(worker, { kind: 'data', dataset, files });
  }
}

type Subject = Parameters<typeof brokenGrade>[0];

type Attempt =
  | { readonly kind: 'result'; readonly result: CheckResult }
  | {
      readonly kind: 'ended';
      readonly ending: EndingHere;
      readonly path: string | null;
    };

function tell(worker: Worker, message: ToCheckWorker): void {
  worker.postMessage(message);
}
