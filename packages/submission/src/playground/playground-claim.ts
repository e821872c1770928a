import { issuesText, LabproofError } from '@labproof/core';
import {
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  readPlaygroundConfig,
} from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import type { PlaygroundFile } from '../files/playground-file.ts';
import type { Answer } from '../answers/answer.ts';
import { statedSettings } from './stated-settings.ts';

/** A playground network that a submission claims to reach the target, or why none could be read. */
export type PlaygroundClaim =
  | {
      readonly state: 'read';
      readonly config: PlaygroundConfig;
      /** `null` where no epoch is named. */
      readonly epochs: number | null;
      /** What it was read from. */
      readonly source: string;
      /** Settings that are not said and are taken as the page starts. */
      readonly assumed: readonly string[];
    }
  | { readonly state: 'unreadable'; readonly why: string };

const ADDRESS = /https?:\/\/[^\s<>"')\]]+/giu;
const WITHOUT_SCHEME = /\bplayground\.tensorflow\.org\/?#[^\s<>"')\]]+/giu;
/** Settings without which there is no network; the page fills in the others. */
const NEEDED = { features: 'the input features', networkShape: 'the neurons of the hidden layers' };
const PAGE_SETTINGS = [
  'activation',
  'learningRate',
  'batchSize',
  'percTrainData',
  'noise',
  'regularization',
] as const;

/** Reads a claim from an address of the page, else from a file, else from the words of the answer. */
export function readPlaygroundClaim(
  answer: Answer | null,
  file: PlaygroundFile | null,
  { config: { dataset } }: Pick<PlaygroundExercise, 'config'>,
): PlaygroundClaim {
  const text = [answer?.text ?? '', ...(answer?.code.map((code) => code.text) ?? [])].join('\n');
  const spoken = statedSettings(text);
  const addresses = [
    ...new Set([...(text.match(ADDRESS) ?? []).filter(isOfPlayground), ...schemeless(text)]),
  ];
  const [address] = addresses;
  if (addresses.length > 1) {
    return { state: 'unreadable', why: 'it holds several addresses of the playground' };
  }
  if (address !== undefined) {
    return fromSettings(address, 'the address in the answer', dataset, spoken.epochs);
  }
  if (file !== null) return fromSettings(file.text, file.path, dataset, spoken.epochs);
  const { settings, epochs, ambiguous } = spoken;
  if (ambiguous.length > 0) {
    return { state: 'unreadable', why: `it says more than one thing of ${ambiguous.join(', ')}` };
  }
  const missing = Object.entries(NEEDED).flatMap(([name, words]) =>
    name in settings ? [] : [words],
  );
  if (missing.length > 0) {
    return { state: 'unreadable', why: `it does not clearly say ${missing.join(' and ')}` };
  }
  const parsed = PlaygroundConfigSchema.safeParse({ ...settings, dataset });
  if (!parsed.success) {
    return {
      state: 'unreadable',
      why: `the playground has no such setting (${issuesText(parsed.error.issues)})`,
    };
  }
  return {
    state: 'read',
    config: parsed.data,
    epochs,
    source: 'the words of the answer',
    assumed: PAGE_SETTINGS.filter((name) => !(name in settings)),
  };
}

/** It names the playground and has settings behind a `#`. */
function isOfPlayground(address: string): boolean {
  const name = address.toLowerCase().indexOf('playground');
  const settings = name < 0 ? -1 : address.indexOf('#', name);
  return settings >= 0 && settings < address.length - 1;
}

function schemeless(text: string): string[] {
  const bare = text.replaceAll(ADDRESS, (address) => (isOfPlayground(address) ? ' ' : address));
  return (bare.match(WITHOUT_SCHEME) ?? []).map((address) => `https://${address}`);
}

function fromSettings(
  text: string,
  source: string,
  dataset: PlaygroundConfig['dataset'],
  epochs: number | null,
): PlaygroundClaim {
  try {
    const config = readPlaygroundConfig(text, { dataset });
    return config.dataset === dataset
      ? { state: 'read', config, epochs, source, assumed: [] }
      : {
          state: 'unreadable',
          why: `${source} is about the data set ${config.dataset}, not ${dataset}`,
        };
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    return { state: 'unreadable', why: `${source} cannot be used: ${error.message}` };
  }
}
