import type { PlaygroundConfig } from '@labproof/core/playground';
import { DECIMAL, decimal, everyMatch, plainProse } from './plain-prose.ts';
import { statedFeatures } from './stated-features.ts';
import { statedLayers } from './stated-layers.ts';

/** What a text says of a playground network. */
export interface StatedSettings {
  /** Settings that were read; the others are not said. */
  readonly settings: Partial<PlaygroundConfig>;
  /** Epochs within which the target is reached; `null` where none are named. */
  readonly epochs: number | null;
  /** Settings of which the text says several things. */
  readonly ambiguous: readonly string[];
}

/** Between a name and its number: not beyond a comma or the sentence. */
const GAP = '(?:(?!\\. )[^\\d\\n;,]){0,20}?';
const ACTIVATION = '(sigmoid|relu|tanh|linear)';
/** Names of single settings, English and German, with what follows or precedes their number. */
const NUMBERS = {
  learningRate: [
    new RegExp(`\\b(?:learning ?-?rate|lernrate|lr)\\b${GAP}${DECIMAL}`, 'gu'),
    new RegExp(`${DECIMAL} (?:as )?(?:learning rate|lernrate)`, 'gu'),
  ],
  batchSize: [
    new RegExp(`\\bbatch ?-?(?:size|gr(?:ö|oe)(?:ß|ss)e)${GAP}(\\d+)`, 'gu'),
    /\bbatch(?:es)? (?:of|von) (\d+)/gu,
  ],
  noise: [new RegExp(`\\b(?:noise|rauschen)${GAP}(\\d+)`, 'gu')],
  regularizationRate: [
    new RegExp(`\\b(?:regulari[sz]ation ?-?rate|regularisierungsrate)${GAP}${DECIMAL}`, 'gu'),
  ],
  percTrainData: [
    /(\d{1,2}) ?% ?(?:(?:of|the|all|data|points|for|as|der|daten|punkte|zum|für|das) ){0,5}train/gu,
    /\btrain[a-zäöü]{0,20}(?: (?:data|share|set|daten|anteil|of|the|is|points)){0,6}\W{0,4}(\d{1,2}) ?%/gu,
    /\btrain[^\n;]{0,30}?(\d{1,2}) ?[:/] ?\d{1,2}\b/gu,
    /\b(\d{1,2}) ?[:/] ?\d{1,2}\b[^\n;]{0,20}?train/gu,
  ],
} as const;

/** More is not an answer to a question about settings; patterns shall not run over pages. */
const MOST_CHARACTERS = 20_000;

/** Reads settings from an answer in English or German. */
export function statedSettings(text: string): StatedSettings {
  const prose = plainProse(text.slice(0, MOST_CHARACTERS));
  const settings: Partial<PlaygroundConfig> = {};
  const ambiguous: string[] = [];
  for (const [name, patterns] of Object.entries(NUMBERS)) {
    const values = [...new Set(everyMatch(prose, patterns).map(decimal))];
    if (values.length > 1) ambiguous.push(name);
    const [value] = values;
    if (value !== undefined) Object.assign(settings, { [name]: value });
  }
  if (settings.percTrainData !== undefined && settings.percTrainData < 10) {
    // A ratio such as 9 : 1.
    settings.percTrainData *= 10;
  }
  if (/\b(?:no|without|zero|keine?[nm]?|ohne) (?:noise|rauschen)/u.test(prose)) {
    settings.noise ??= 0;
  }
  const activation = statedActivation(prose);
  if (activation === 'several') ambiguous.push('activation');
  else if (activation !== null) settings.activation = activation;
  const regularization = everyMatch(prose, [/\b(l[12])(?![\d.])/gu]);
  if (regularization.length > 1) ambiguous.push('regularization');
  else if (regularization.length === 1) {
    settings.regularization = regularization[0] === 'l1' ? 'L1' : 'L2';
  }
  const features = statedFeatures(prose);
  if (features !== null) settings.features = features;
  const layers = statedLayers(prose);
  if (layers !== null) settings.networkShape = layers;
  return { settings, epochs: statedEpochs(prose), ambiguous };
}

function statedActivation(prose: string): PlaygroundConfig['activation'] | 'several' | null {
  const named = (pattern: string): string[] => everyMatch(prose, [new RegExp(pattern, 'gu')]);
  const labelled = named(`(?:activation|aktivierung)[^\\n;.]{0,25}?${ACTIVATION}`);
  const found = labelled.length > 0 ? labelled : named(`\\b${ACTIVATION}`);
  if (found.length > 1) return 'several';
  const [activation] = found;
  return (activation as PlaygroundConfig['activation'] | undefined) ?? null;
}

const COUNT = '(\\d{1,3}(?:[.,]\\d{3})+|\\d+)';
const BEFORE = new RegExp(
  `\\b(?:before|vor)(?: the| der)? (?:epochs?|epochen?)? ?${COUNT}(?:st|nd|rd|th|\\.)? ?(epoch)?`,
  'gu',
);
const AT = [
  new RegExp(`\\bepochs?e?n?\\W{1,3}${COUNT}`, 'gu'),
  new RegExp(`${COUNT}(?:st|nd|rd|th|\\.)? (?:epochs?|epochen?)`, 'gu'),
];

/** The last epoch that a text allows; "before epoch 230" ends with 229. */
function statedEpochs(prose: string): number | null {
  const count = (text: string): number => Number(text.replaceAll(/[.,]/gu, ''));
  const before = [...prose.matchAll(BEFORE)]
    .filter(([whole]) => whole.includes('epoch'))
    .map(([, text = '']) => count(text) - 1);
  const rest = prose.replaceAll(BEFORE, (whole) => (whole.includes('epoch') ? ' ' : whole));
  const all = [...before, ...everyMatch(rest, AT).map(count)].filter((value) => value > 0);
  return all.length === 0 ? null : all.reduce((most, count) => Math.max(most, count));
}
