import {
  compileWasmKernels,
  createWasmKernels,
  type EvaluationTask,
  type Kernels,
} from '@labproof/core/browser';
import type { GradingDataset, PlaygroundRunner } from '@labproof/grader';
import { givePackageFiles } from '@labproof/report/browser';
import type { SubmissionFiles } from '@labproof/submission';
import { zipSync } from 'fflate';
import { check, type CheckTask, rememberedTallies } from './check.ts';
import { fontFiles } from './font-files.ts';
import { openChosen } from './open-chosen.ts';
import type { CheckSetup, FromCheckWorker, HandIn, ToCheckWorker, Unseen } from './protocol.ts';
import { shareEvaluation } from './share-evaluation.ts';
import { sharePlayground } from './share-playground.ts';
import { damagedFile, unpackData } from './unpack-data.ts';
import { withoutTestImages } from './without-models.ts';
import { WorkerPool } from './worker-pool.ts';

/** What the worker has after its setup. */
interface Ready {
  readonly setup: CheckSetup;
  readonly kernels: Kernels | null;
  /** Who shares the work; `null` where there is nobody. */
  readonly pool: WorkerPool | null;
  readonly playground: PlaygroundRunner;
}

let ready: Ready | null = null;
let opened: SubmissionFiles | null = null;
const datasets = new Map<string, GradingDataset>();
/** Who waits for a data set. */
const waiting = new Map<string, (() => void)[]>();
/** Data sets that cannot be had. */
const absent = new Set<string>();
/** The title of one that the check that is going on could not have. */
let unloaded: string | null = null;

const say = (message: FromCheckWorker): void => self.postMessage(message);

// Libraries that read what strangers wrote leave rejected promises behind.
self.addEventListener('unhandledrejection', (event) => event.preventDefault());

self.addEventListener('message', ({ data }: MessageEvent<ToCheckWorker>) => {
  handle(data).catch((error: unknown) =>
    say({
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
    }),
  );
});

async function handle(message: ToCheckWorker): Promise<void> {
  switch (message.kind) {
    case 'setup':
      ready = await setUp(message);
      say({ kind: 'ready' });
      return;
    case 'data':
      take(message);
      return;
    case 'check':
      await lookOver(message);
      return;
    case 'zip':
      if (opened !== null) say(packed(opened));
  }
}

async function setUp(setup: CheckSetup): Promise<Ready> {
  const { folder, site, fonts, processors } = setup;
  givePackageFiles(fontFiles(site, fonts));
  // All readers are loaded now, so that nothing is asked for once somebody's files are here.
  const address = (path: string): string => new URL(path, folder).href;
  await Promise.all(
    site.assets.scripts.map(
      (path) =>
        // The reader of HDF5 is known by its first instance.
        import(/* @vite-ignore */ address(path.startsWith('h5wasm') ? `${path}?instance=0` : path)),
    ),
  );
  if (setup.kernels === null) {
    return {
      setup,
      kernels: null,
      pool: null,
      playground: rememberedTallies(null),
    };
  }
  const kernels = await compileWasmKernels(setup.kernels);
  const pool =
    processors < 2
      ? null
      : await WorkerPool.start(address(site.assets.poolWorker), kernels, processors);
  return {
    setup,
    kernels: await createWasmKernels(kernels),
    pool,
    playground: rememberedTallies(
      pool === null ? null : (settings) => sharePlayground(pool, settings),
    ),
  };
}

function take({ dataset: id, files }: Extract<ToCheckWorker, { kind: 'data' }>): void {
  if (ready === null) throw new Error('data came before the setup');
  const { site } = ready.setup;
  const dataset = site.datasets.find((candidate) => candidate.id === id);
  if (dataset === undefined) return;
  if (files === null) absent.add(id);
  else {
    const damaged = damagedFile(site, files);
    if (damaged !== null) {
      say({ kind: 'damaged', dataset: id, path: damaged });
      return;
    }
    absent.delete(id);
    datasets.set(id, unpackData(dataset, files));
  }
  for (const go of waiting.get(id)?.splice(0) ?? []) go();
}

async function dataset(id: string): Promise<GradingDataset> {
  if (!datasets.has(id) && !absent.has(id)) {
    say({ kind: 'want', dataset: id });
    say({ kind: 'step', step: 'load', share: null });
    await new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
  }
  say({ kind: 'step', step: 'evaluate', share: null });
  const found = datasets.get(id);
  if (found !== undefined) return found;
  absent.delete(id);
  unloaded = ready?.setup.site.datasets.find((one) => one.id === id)?.title ?? id;
  throw new Error(`the test images of ${id} could not be loaded`);
}

async function lookOver({
  handIn,
  setAside,
  models,
}: Extract<ToCheckWorker, { kind: 'check' }>): Promise<void> {
  if (ready === null) throw new Error('a hand-in came before the setup');
  const { setup, kernels, pool, playground } = ready;
  say({ kind: 'step', step: 'open', share: null });
  opened = null;
  const open = async (chosen: HandIn): Promise<SubmissionFiles> => {
    opened ??= await openChosen(chosen);
    say({ kind: 'step', step: 'read', share: null });
    return opened;
  };
  const evaluate =
    pool === null
      ? null
      : async (task: EvaluationTask) => {
          say({ kind: 'step', step: 'evaluate', share: 0 });
          return shareEvaluation(pool, task, (share) =>
            say({ kind: 'step', step: 'evaluate', share }),
          );
        };
  const task: Omit<CheckTask, 'lab'> = {
    handIn,
    setAside,
    kernels: kernels ?? noKernels(),
    open,
    loadDataset: dataset,
    evaluate,
    playground,
    onReading: (path) => say({ kind: 'reading', path }),
    onReport: () => say({ kind: 'step', step: 'report', share: null }),
  };
  const isMissing = setup.site.datasets.some(({ id }) => !datasets.has(id));
  const textsAlone = (): ReturnType<typeof check> =>
    check({ ...task, lab: withoutTestImages(setup.lab) });
  if (kernels === null) {
    say({
      kind: 'result',
      result: { ...(await textsAlone()), unseen: { by: 'browser' } },
    });
    return;
  }
  if (!models) {
    say({ kind: 'result', result: { ...(await textsAlone()), unseen: null } });
    return;
  }
  const first = isMissing ? { ...(await textsAlone()), unseen: null } : null;
  if (first !== null) say({ kind: 'first', result: first });
  unloaded = null;
  const whole = await check({ ...task, lab: setup.lab });
  const unseen = unloadedNow();
  say({
    kind: 'result',
    // Without the images nothing of ours has failed: what can be said without them stands.
    result: first !== null && unseen !== null ? { ...first, unseen } : { ...whole, unseen: null },
  });
}

function unloadedNow(): Unseen | null {
  return unloaded === null ? null : { by: 'network', dataset: unloaded };
}

function noKernels(): Kernels {
  return new Proxy({} as Kernels, {
    get: () => {
      throw new Error('this browser evaluates no models');
    },
  });
}

/** A .zip of what was read, as it may be handed in, and what is not in it. */
function packed({ files, leftOut }: SubmissionFiles): FromCheckWorker {
  const content = Object.fromEntries(files.map(({ path, read }) => [path, read()]));
  // The time is the earliest that a .zip can say, so that equal work gives an equal file.
  const bytes = zipSync(content, { level: 6, mtime: new Date(1980, 0, 1) });
  return {
    kind: 'zip',
    bytes,
    left: leftOut.map(({ path, why }) => `${path}: ${why}`),
  };
}

say({ kind: 'started' });
