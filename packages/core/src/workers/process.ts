import { type WorkerEnd, WorkerHost } from './host.ts';
import { type StartedModule, startProcess } from './start-module.ts';

/** A worker that is a process of its own, and the end of what it wrote to stderr: a diagnosis, never printed. */
export interface ProcessHost<Question, Answer, Notice = never> {
  readonly host: WorkerHost<Question, Answer, Notice>;
  readonly errors: () => string;
}

/** So many characters of stderr are kept: V8 says what it dies of before up to 256 frames of its own, each a line. */
const KEPT_CHARACTERS = 100_000;

/** So long a process that cannot be reached has to say how it ended, in milliseconds. */
const LAST_WORDS = 10_000;

/**
 * Starts a process, which answers through `process.send` and hears from `process.on('message')`. What it prints goes
 * nowhere.
 */
export function hostProcess<Question, Answer, Notice = never>(
  module: StartedModule,
  options: {
    /** MiB of V8's own heap. */
    readonly heap: number;
  },
): ProcessHost<Question, Answer, Notice> {
  const child = startProcess(module, [], {
    execArgv: [
      `--max-old-space-size=${Math.floor(options.heap)}`,
      // Whatever a library makes of a file of strangers: no text becomes code (`eval`, `new Function`).
      '--disallow-code-generation-from-strings',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-KEPT_CHARACTERS);
  });
  const ended = (how: string, signal: string | null, cause: unknown): WorkerEnd => ({
    kind: 'ended',
    how,
    signal,
    cause,
  });
  let tellEnd: (end: WorkerEnd) => void = () => undefined;
  const host = new WorkerHost<Question, Answer, Notice>({
    send: (message) =>
      child.send(message as object, (error) => {
        if (error === null) return;
        // It is ending: by what and why is told when it is gone, and that nobody heard only where it stays.
        setTimeout(() => tellEnd(ended(error.message, null, error)), LAST_WORDS).unref();
      }),
    onMessage: (listen) => child.on('message', listen),
    onEnd(listen) {
      tellEnd = listen;
      child.on('error', (cause) => listen(ended(cause.message, null, cause)));
      // Not `exit`: what was written to stderr has arrived by then.
      child.on('close', (code, signal) =>
        listen(ended(signal ?? `exit code ${code}`, signal, null)),
      );
    },
    stop: () => {
      child.kill('SIGKILL');
      return Promise.resolve();
    },
  });
  return { host, errors: () => errors };
}
