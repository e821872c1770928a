import { signal } from '@preact/signals';
import type { SelfCheck } from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import { givePackageFiles } from '@labproof/report/browser';
import type { Site } from '../src/site.ts';
import { CheckPlace } from './check-place.ts';
import { together } from './chosen.ts';
import { FOLDER } from './folder.ts';
import { fontFiles } from './worker/font-files.ts';
import { forget, keptState, type KeptState, load } from './load.ts';
import type {
  CheckResult,
  CheckSetup,
  DataFiles,
  FromCheckWorker,
  HandIn,
  Step,
} from './worker/protocol.ts';

export const site = signal<Site | null>(null);
export const lab = signal<Lab | null>(null);
/** What the page is doing before a check, in words; `null` when everything is here. */
export const loading = signal<string | null>('Loading …');
/** Why the page cannot work at all. */
export const fault = signal<string | null>(null);
/** What the browser cannot do, and what comes of it. */
export const limits = signal<readonly string[]>([]);
export const handIn = signal<HandIn | null>(null);
export const step = signal<{ readonly step: Step; readonly share: number | null } | null>(null);
export const first = signal<Shown | null>(null);
export const result = signal<Shown | null>(null);
/** What is said once, and read out. */
export const notice = signal('');
export const kept = signal<KeptState>('kept');

/** A result, and what of it the page itself shows. */
export interface Shown extends CheckResult {
  readonly check: SelfCheck;
}

let place: CheckPlace | null = null;
let tellMade: (made: boolean) => void = () => undefined;
/** Whether there is a place to check, as soon as that is known. */
const placeMade = new Promise<boolean>((resolve) => {
  tellMade = resolve;
});
const data = new Map<string, DataFiles>();

/** Loads what is small first: a check of texts begins while the test images are on their way. */
export async function start(): Promise<void> {
  const about = JSON.parse(new TextDecoder().decode(await loadFresh('site.json'))) as Site;
  site.value = about;
  const [labFile, fonts, kernels] = await Promise.all(
    [about.lab, about.assets.fonts, about.assets.kernels].map((path) => load(path)),
  );
  if (labFile === undefined || fonts === undefined || kernels === undefined) return;
  const edition = JSON.parse(new TextDecoder().decode(labFile)) as Lab;
  lab.value = edition;
  // The page of a check that came to no end is written here.
  givePackageFiles(fontFiles(about, fonts));
  const runs = runsKernels(kernels);
  if (!runs) {
    limits.value = [
      'This browser cannot run WebAssembly with SIMD, by which models are evaluated: your answers are looked over, and what your models reach is not. A current Firefox, Chrome, Edge or Safari (16.4 or newer) can.',
    ];
  }
  const setup: CheckSetup = {
    kind: 'setup',
    folder: FOLDER,
    site: about,
    lab: edition,
    fonts,
    kernels: runs ? kernels : null,
    processors: Math.min(navigator.hardwareConcurrency || 1, 8),
  };
  place = new CheckPlace(setup, { onMessage: hear, data: (id, damaged) => dataFiles(id, damaged) });
  await place.prepare();
  tellMade(true);
  loading.value = 'The test images are on their way; your answers can be looked over already.';
  if (runs) {
    for (const { id } of about.datasets) {
      const files = await dataFiles(id, null);
      if (files !== null) await place.give(id, files);
    }
  }
  kept.value = keptState();
  loading.value = null;
}

/** Whether the browser takes the arithmetic's WebAssembly, which uses SIMD. */
function runsKernels(kernels: Uint8Array): boolean {
  return (
    typeof WebAssembly === 'object' && WebAssembly.validate(kernels as Uint8Array<ArrayBuffer>)
  );
}

/** What the folder holds may be another edition than the one that was kept. */
async function loadFresh(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, FOLDER));
  if (!response.ok) throw new Error(`${path}: the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function dataFiles(id: string, damaged: string | null): Promise<DataFiles | null> {
  const dataset = site.value?.datasets.find((candidate) => candidate.id === id);
  if (dataset === undefined) return null;
  if (damaged !== null) {
    if (retried.has(damaged)) return null;
    retried.add(damaged);
    data.delete(id);
    await forget(damaged);
  }
  const before = data.get(id);
  if (before !== undefined) return before;
  try {
    const paths = [dataset.labels, ...dataset.pieces.map(({ path }) => path)];
    const files = new Map<string, Uint8Array>();
    for (const path of paths) files.set(path, await load(path));
    data.set(id, files);
    return files;
  } catch (error) {
    if (step.value === null) {
      notice.value = `The test images of ${dataset.title} could not be loaded (${reasonOf(error)}). They are asked for again when you check something.`;
    }
    return null;
  }
}

/** Files that were not what they should be and have been loaded again once. */
const retried = new Set<string>();

export async function check(added: HandIn): Promise<void> {
  handIn.value = together(handIn.value, added);
  await checkAgain();
}

let run = 0;

export async function checkAgain(): Promise<void> {
  const chosen = handIn.value;
  if (chosen === null) return;
  run += 1;
  const mine = run;
  if (step.value !== null) place?.stop();
  first.value = null;
  result.value = null;
  notice.value = '';
  step.value = { step: 'open', share: null };
  try {
    const checked = (await placeMade) ? ((await place?.check(chosen)) ?? null) : null;
    if (mine !== run) return;
    step.value = null;
    if (checked === null) return;
    first.value = null;
    result.value = shown(checked);
    notice.value = saysResult(result.value);
  } catch (error) {
    if (mine !== run) return;
    step.value = null;
    notice.value = `The check could not be carried out: ${reasonOf(error)}. Load the page again.`;
  }
}

/** Ends a check; what was chosen stays. */
export function stop(): void {
  run += 1;
  place?.stop();
  step.value = null;
  notice.value = 'Stopped.';
}

export function startOver(): void {
  if (step.value !== null) stop();
  handIn.value = null;
  first.value = null;
  result.value = null;
  notice.value = '';
}

/** The hand-in as a .zip; `left` says what is not in it. */
export async function packedHandIn(): Promise<{
  bytes: Uint8Array;
  left: readonly string[];
} | null> {
  return (await place?.zip()) ?? null;
}

function hear(message: FromCheckWorker): void {
  if (message.kind === 'step') step.value = message;
  if (message.kind === 'first') {
    first.value = shown(message.result);
    notice.value = 'Your answers have been looked over; your models follow.';
  }
}

function shown(found: CheckResult): Shown {
  return { ...found, check: JSON.parse(found.json) as SelfCheck };
}

function saysResult({ check: { problem, points } }: Shown): string {
  if (problem !== null) return 'This could not be read.';
  return `Looked over: ${points.fine} of ${points.max} points fine, ${points.lost} would be lost, ${points.open} decided in grading.`;
}

/** The page could not be loaded as a whole. */
export function failed(error: unknown): void {
  loading.value = null;
  fault.value = `The page could not be loaded as a whole: ${reasonOf(error)}. Load it again; if that does not help, tell your instructor.`;
  tellMade(false);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
