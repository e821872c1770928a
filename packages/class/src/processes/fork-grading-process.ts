import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A grading process, and the end of what it wrote to stderr: a diagnosis, never printed. */
export interface GradingProcess {
  readonly child: ChildProcess;
  readonly errors: () => string;
}

/** So many characters of stderr are kept. */
const KEPT_CHARACTERS = 4000;

/**
 * Starts a grading process. V8's own heap gets the memory limit as well as the whole process, which ends with a
 * message instead of a long fight for the last bytes. What libraries write about a student's file goes nowhere.
 */
export function forkGradingProcess(memoryLimit: number): GradingProcess {
  // From sources (tests, development) the process needs the tsx loader; a built package needs nothing.
  const fromSources = import.meta.url.endsWith('.ts');
  const entry = new URL(`./grading-process.${fromSources ? 'ts' : 'js'}`, import.meta.url);
  const loader = fromSources
    ? [
        '--conditions=@labproof/source',
        `--import=${pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href}`,
      ]
    : [];
  const child = fork(fileURLToPath(entry), [], {
    execArgv: [`--max-old-space-size=${Math.floor(memoryLimit)}`, ...loader],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-KEPT_CHARACTERS);
  });
  return { child, errors: () => errors };
}
