import type { TfjsBackend } from './names.ts';

/** How to add each backend, beside Labproof. The versions are those that the tests run with. */
export const HOW_TO_ADD: Readonly<Record<TfjsBackend, string>> = {
  tensorflow:
    'npm install @tensorflow/tfjs-node@4.22.0 (or @tensorflow/tfjs-node-gpu@4.22.0, with CUDA). Their install scripts download libtensorflow from storage.googleapis.com; where that host does not answer, docs/engines.md says what else there is.',
  wasm: 'npm install @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0',
  cpu: 'npm install @tensorflow/tfjs@4.22.0',
};
