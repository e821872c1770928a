/** That a worker is gone, and how: an exit code, a signal or what was thrown in it. */
export interface WorkerEnd {
  readonly kind: 'ended';
  readonly how: string;
  /** The signal that ended a process, else `null`. */
  readonly signal: string | null;
  /** What was thrown in it and not caught, else `null`. */
  readonly cause: unknown;
}

/** That no answer came within the seconds that it could take. */
interface LateAnswer {
  readonly kind: 'late';
  readonly seconds: number;
}

/** What comes of asking a worker. */
export type Reply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | WorkerEnd
  | LateAnswer;

/** A thread or a process, as a host needs it. */
export interface WorkerChannel {
  send(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  /** Told once, whether the worker was stopped or ended by itself. */
  onEnd(listen: (end: WorkerEnd) => void): void;
  stop(): Promise<void>;
}

/** How one question is to be answered. */
export interface AskOptions<Answer, Notice> {
  /** Wall-clock seconds for the answer; as long as it takes, unless told. */
  readonly seconds?: number;
  /** Takes a message that comes before the answer, and says that it was one; every message is the answer unless told. */
  readonly takesNotice?: (message: Answer | Notice) => boolean;
}

/**
 * A worker that answers one question after the other. It stays ready between them, because starting it costs more than
 * most questions do. What it sends and takes is what both sides have agreed on; nothing here looks at it.
 */
export class WorkerHost<Question, Answer, Notice = never> {
  readonly #channel: WorkerChannel;
  #end: WorkerEnd | null = null;
  #listen: ((message: Answer | Notice) => void) | null = null;
  #settle: ((reply: Reply<Answer>) => void) | null = null;

  constructor(channel: WorkerChannel) {
    this.#channel = channel;
    channel.onMessage((message) => this.#listen?.(message as Answer | Notice));
    channel.onEnd((end) => {
      this.#end ??= end;
      this.#settle?.(this.#end);
    });
  }

  /** How the worker ended; `null` while it lives. */
  get end(): WorkerEnd | null {
    return this.#end;
  }

  /** Sends a question and waits for the answer, the end of the worker or the end of the time. One question at a time. */
  ask(question: Question, options: AskOptions<Answer, Notice> = {}): Promise<Reply<Answer>> {
    if (this.#end !== null) return Promise.resolve(this.#end);
    if (this.#settle !== null) throw new Error('the worker is still at another question');
    const { seconds, takesNotice = () => false } = options;
    return new Promise((resolve) => {
      const timer =
        seconds === undefined
          ? undefined
          : setTimeout(() => this.#settle?.({ kind: 'late', seconds }), seconds * 1000);
      this.#settle = (reply) => {
        clearTimeout(timer);
        this.#settle = null;
        this.#listen = null;
        resolve(reply);
      };
      this.#listen = (message) => {
        if (!takesNotice(message)) this.#settle?.({ kind: 'answer', answer: message as Answer });
      };
      this.#channel.send(question);
    });
  }

  /** Ends the worker, whatever it does. */
  stop(): Promise<void> {
    return this.#channel.stop();
  }
}
