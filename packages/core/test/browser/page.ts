import {
  createWasmKernels,
  type Dataset,
  planTraining,
  type Recipe,
  runTrial,
} from '@labproof/core/browser';

/** What a test hands to the page: bytes as base64, because that is what crosses into a browser. */
export interface PageInput {
  readonly wasm: string;
  readonly recipe: Recipe;
  readonly dataset: Omit<Dataset, 'train' | 'test'>;
  readonly train: PageSplit;
  readonly test: PageSplit;
  readonly seed: number;
}

interface PageSplit {
  readonly images: string;
  readonly labels: string;
}

/** What the page gives back. */
export type PageResult = Awaited<ReturnType<typeof runTrial>>['result'];

async function trainInPage(input: PageInput): Promise<PageResult> {
  const kernels = await createWasmKernels(bytesOf(input.wasm));
  const splitOf = ({ images, labels }: PageSplit): Dataset['train'] => {
    const bytes = bytesOf(labels);
    return { images: bytesOf(images), labels: bytes, count: bytes.length };
  };
  const dataset = {
    ...input.dataset,
    train: splitOf(input.train),
    test: splitOf(input.test),
  };
  const { result } = await runTrial({
    kernels,
    plan: planTraining(input.recipe, dataset),
    dataset,
    seed: input.seed,
    now: () => 0,
  });
  return result;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
}

Object.assign(globalThis, { trainInPage });
