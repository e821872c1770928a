const RANDOM = 'images that are changed at random';

/** Calls that make a training another one than its loop says, each with what it does. */
const UNUSUAL: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:autocast|GradScaler)$/u, 'mixed precision'],
  [/(?:^|\.)swa_utils\.|(?:^|\.)AveragedModel$/u, 'weights that are averaged'],
  [/^torch\.nn\.init\.\w+$|\.load_state_dict$/u, 'weights that begin otherwise'],
  [/\.requires_grad_$/u, 'weights that are kept as they are'],
  [
    /(?:^|\.)(?:Random(?!Sampler)\w+|ColorJitter|AutoAugment|RandAugment|TrivialAugment\w*|AugMix|GaussianBlur|ElasticTransform|MixUp|CutMix)$/u,
    RANDOM,
  ],
  [/(?:^|\.)SubsetRandomSampler$/u, 'a choice of the images'],
];

/** What a call of this name changes about a training; `null` for every other. */
export function whatChanges(path: string): string | null {
  const found = UNUSUAL.find(([pattern]) => pattern.test(path))?.[1] ?? null;
  return found === RANDOM ? `${RANDOM} (${path.split('.').at(-1) ?? ''})` : found;
}
