import type { CompiledKernels, EvaluatedPart, EvaluationTask } from '@labproof/core/browser';
import type { SeededRun } from '@labproof/core/playground';
import type { PlaygroundSettings } from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import type { SetAside } from '@labproof/submission';
import type { Site } from '../../src/site.ts';

/** A file or folder that somebody chose, by its path in what they chose; a folder has no content. */
export interface Chosen {
  readonly path: string;
  readonly file: Blob | null;
}

/** What is looked over: a folder or .zip by its name, or files that have none together. */
export interface HandIn {
  /** `''` for loose files. */
  readonly name: string;
  readonly kind: 'zip' | 'folder';
  readonly chosen: readonly Chosen[];
}

/** What a worker gets before anything else. */
export interface CheckSetup {
  readonly kind: 'setup';
  /** Address of the page's folder. */
  readonly folder: string;
  readonly site: Site;
  readonly lab: Lab;
  readonly fonts: Uint8Array;
  /** `null` where the browser cannot run them. */
  readonly kernels: Uint8Array | null;
  /** How many processors may share an evaluation. */
  readonly processors: number;
}

export type ToCheckWorker =
  | CheckSetup
  | {
      readonly kind: 'check';
      readonly handIn: HandIn;
      readonly setAside: readonly SetAside[];
      /** Whether models are tried on test images, where they can be. */
      readonly models: boolean;
    }
  /** Test images, packed as they lie in the folder; `null` where they cannot be had. */
  | {
      readonly kind: 'data';
      readonly dataset: string;
      readonly files: DataFiles | null;
    }
  | { readonly kind: 'zip' };

export type DataFiles = ReadonlyMap<string, Uint8Array>;

/** What is going on, as the page tells it. */
export type Step = 'open' | 'read' | 'load' | 'evaluate' | 'report';

export type Unseen =
  | { readonly by: 'browser' }
  | { readonly by: 'network'; readonly dataset: string }
  | { readonly by: 'stop'; readonly why: string };

/** The result as the command line gives it. */
export interface CheckResult {
  /** `check --json`. */
  readonly json: string;
  /** `check --out`. */
  readonly html: string;
  /**
   * Why it was not looked at what models reach: the browser cannot evaluate them, the test images of this data set (its
   * title) could not be loaded, or it came to no end. `null` where it was.
   */
  readonly unseen: Unseen | null;
}

export type FromCheckWorker =
  /** The script is there. */
  | { readonly kind: 'started' }
  /** The setup is done. */
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'step';
      readonly step: Step;
      readonly share: number | null;
    }
  /** The file whose bytes are asked for now; `null` when all are read. */
  | { readonly kind: 'reading'; readonly path: string | null }
  | { readonly kind: 'first'; readonly result: CheckResult }
  | { readonly kind: 'result'; readonly result: CheckResult }
  | { readonly kind: 'want'; readonly dataset: string }
  | {
      readonly kind: 'damaged';
      readonly dataset: string;
      readonly path: string;
    }
  | {
      readonly kind: 'zip';
      readonly bytes: Uint8Array;
      readonly left: readonly string[];
    }
  | { readonly kind: 'failed'; readonly message: string };

export type ToPoolWorker =
  | { readonly kind: 'kernels'; readonly kernels: CompiledKernels }
  | { readonly kind: 'task'; readonly task: Omit<EvaluationTask, 'split'> }
  | { readonly kind: 'part'; readonly split: EvaluationTask['split'] }
  /** The seeds `from` to `to` of a playground network, both included. */
  | {
      readonly kind: 'seeds';
      readonly settings: PlaygroundSettings;
      readonly from: number;
      readonly to: number;
    };

export type FromPoolWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'part'; readonly part: EvaluatedPart }
  | { readonly kind: 'seeds'; readonly runs: readonly SeededRun[] }
  | { readonly kind: 'failed'; readonly message: string };
