import { signal } from '@preact/signals';
import type { SelfCheck } from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import { givePackageFiles } from '@labproof/report/browser';
import type { Site, SiteDataset } from '../src/site.ts';
import { CheckPlace } from './check-place.ts';
import { together } from './chosen.ts';
import { FOLDER } from './folder.ts';
import { fontFiles } from './worker/font-files.ts';
import { forget, keepAll, keptState, type KeptState, load } from './load.ts';
import { serviceWorkerAnswers } from './offline.ts';
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
/** Files of test images that are here. */
export const arrived = signal<ReadonlySet<string>>(new Set());
/** Why the page cannot work at all. */
export const fault = signal<string | null>(null);
/** What the browser cannot do, and what comes of it. */
export const limits = signal<readonly string[]>([]);
export const handIn = signal<HandIn | null>(null);
export const step = signal<{
  readonly step: Step;
  readonly share: number | null;
} | null>(null);
export const first = signal<Shown | null>(null);
export const result = signal<Shown | null>(null);
/** What is said once, and read out. */
export const notice = signal('');
export const kept = signal<KeptState>('kept');
/** Whether the page works as it is without a network. */
export const offline = signal(false);

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
/** Test images that are on their way, or that the browser does not keep. */
const data = new Map<string, Promise<DataFiles | null>>();

/**
 * Loads what is small first: a check of texts begins while the test images are on their way. `script` is the address of the
 * page's own script.
 */
export async function start(script: string): Promise<void> {
  const answers = serviceWorkerAnswers();
  const about = await loadSite(script);
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
    processors: processorsToUse(navigator),
  };
  // Workers that are started earlier would load past it for as long as they live.
  const isAnswered = await answers;
  place = new CheckPlace(setup, {
    onMessage: hear,
    data: (id, damaged) => dataFiles(id, damaged),
  });
  await place.prepare();
  tellMade(true);
  loading.value = 'The test images are on their way; your answers can be looked over already.';
  if (runs) {
    for (const { id } of about.datasets) {
      const files = await dataFiles(id, null);
      if (files !== null) await place.give(id, files);
    }
  }
  const isKept = await keepAll(about).catch(() => false);
  kept.value = keptState();
  offline.value = isAnswered && isKept;
  loading.value = null;
}

/**
 * How many processors share the work: each takes 65 MB for a CNN on CIFAR-10 (measured in Chromium 147), so one with 2 GB of
 * memory gets two and one with 4 GB four. Only browsers of Chromium's kind tell the memory, in GB and never more than 8.
 */
function processorsToUse({
  hardwareConcurrency,
  deviceMemory = 8,
}: Navigator & { readonly deviceMemory?: number }): number {
  return Math.min(hardwareConcurrency || 1, Math.max(2, deviceMemory), 8);
}

/** Whether the browser takes the arithmetic's WebAssembly, which uses SIMD. */
function runsKernels(kernels: Uint8Array): boolean {
  return (
    typeof WebAssembly === 'object' && WebAssembly.validate(kernels as Uint8Array<ArrayBuffer>)
  );
}

/**
 * What the folder holds now, which may be another edition than the one that was kept. Throws where this script belongs to
 * another one, as it does while the folder is copied to its server or a browser has the page of before.
 */
async function loadSite(script: string): Promise<Site> {
  const response = await fetch(new URL('site.json', FOLDER), {
    cache: 'no-cache',
  });
  if (!response.ok) throw new Error(`site.json: the server answers ${response.status}`);
  const text = await response.text();
  let about: Site;
  try {
    about = JSON.parse(text) as Site;
  } catch {
    throw new Error('the server sends another page in its place; you may have to sign in again');
  }
  if (!script.endsWith(`/${about.assets.main}`)) {
    throw new Error('your instructor has put a newer edition of it here');
  }
  return about;
}

/** The packed test images of a data set; `null` where they cannot be had. */
async function dataFiles(id: string, damaged: string | null): Promise<DataFiles | null> {
  const dataset = site.value?.datasets.find((candidate) => candidate.id === id);
  if (dataset === undefined) return null;
  if (damaged !== null) {
    if (retried.has(damaged)) return null;
    retried.add(damaged);
    data.delete(id);
    await forget(damaged);
  }
  const coming = data.get(id) ?? loadData(dataset);
  data.set(id, coming);
  const files = await coming;
  // What the browser keeps need not be held in memory as well.
  if (files === null || keptState() === 'kept') data.delete(id);
  return files;
}

async function loadData({ title, labels, pieces }: SiteDataset): Promise<DataFiles | null> {
  try {
    const files = new Map<string, Uint8Array>();
    for (const path of [labels, ...pieces.map((piece) => piece.path)]) {
      files.set(path, await load(path));
      arrived.value = new Set([...arrived.value, path]);
    }
    return files;
  } catch (error) {
    if (step.value === null) {
      notice.value = `The test images of ${title} could not be loaded (${reasonOf(error)}). They are asked for again when you check something.`;
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
