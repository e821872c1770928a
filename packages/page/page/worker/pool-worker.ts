import { createWasmKernels, evaluatePart, type Kernels } from '@labproof/core/browser';
import { seededRuns } from '@labproof/core/playground';
import type { FromPoolWorker, ToPoolWorker } from './protocol.ts';

/** Computes one part after the other of what several workers share: a network on some test images, a playground from some seeds. */
let kernels: Kernels | null = null;
let task: Extract<ToPoolWorker, { kind: 'task' }>['task'] | null = null;

const say = (message: FromPoolWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToPoolWorker>) => {
  handle(data).catch((error: unknown) => say({ kind: 'failed', message: String(error) }));
});

async function handle(message: ToPoolWorker): Promise<void> {
  switch (message.kind) {
    case 'kernels':
      kernels = await createWasmKernels(message.kernels);
      say({ kind: 'ready' });
      return;
    case 'task':
      task = message.task;
      return;
    case 'seeds':
      say({ kind: 'seeds', runs: seededRuns(message.settings, message.from, message.to) });
      return;
    case 'part': {
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
}

say({ kind: 'ready' });
