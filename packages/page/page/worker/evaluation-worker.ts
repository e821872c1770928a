import { createWasmKernels, evaluatePart, type Kernels } from '@labproof/core/browser';
import type { FromEvaluationWorker, ToEvaluationWorker } from './protocol.ts';

/** Evaluates a network on some test images after the other. */
let kernels: Kernels | null = null;
let task: Extract<ToEvaluationWorker, { kind: 'task' }>['task'] | null = null;

const say = (message: FromEvaluationWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToEvaluationWorker>) => {
  handle(data).catch((error: unknown) => say({ kind: 'failed', message: String(error) }));
});

async function handle(message: ToEvaluationWorker): Promise<void> {
  if (message.kind === 'kernels') {
    kernels = await createWasmKernels(message.bytes);
    say({ kind: 'ready' });
  } else if (message.kind === 'task') {
    task = message.task;
  } else {
    if (kernels === null || task === null) throw new Error('images came before their network');
    const { reading, ...needed } = task;
    const part = evaluatePart({
      kernels,
      ...needed,
      ...(reading === undefined ? {} : { reading }),
      split: message.split,
    });
    say({ kind: 'part', part });
  }
}

say({ kind: 'ready' });
