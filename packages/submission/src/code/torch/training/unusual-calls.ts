/** Calls that make a training another one than its loop says, each with what it does; some are told by their names. */
const UNUSUAL: readonly (readonly [RegExp, what: string, named?: 'named'])[] = [
  [/(?:^|\.)(?:autocast|GradScaler)$/u, 'mixed precision'],
  [/(?:^|\.)swa_utils\.|(?:^|\.)AveragedModel$/u, 'weights that are averaged'],
  [/^torch\.nn\.init\.\w+$|\.load_state_dict$/u, 'weights that begin otherwise'],
  [/\.requires_grad_$/u, 'weights that are kept as they are'],
  [
    /(?:^|\.)(?:Random(?!Sampler)\w+|ColorJitter|AutoAugment|RandAugment|TrivialAugment\w*|AugMix|GaussianBlur|ElasticTransform|MixUp|CutMix)$/u,
    'images that are changed at random',
    'named',
  ],
  [/(?:^|\.)SubsetRandomSampler$/u, 'a choice of the images'],
];

/** What a call of this name changes about a training, and the name where it is told; `null` for every other. */
export function whatChanges(
  path: string,
): { readonly what: string; readonly by: string | null } | null {
  const [, what, named] = UNUSUAL.find(([pattern]) => pattern.test(path)) ?? [];
  if (what === undefined) return null;
  return { what, by: named === undefined ? null : (path.split('.').at(-1) ?? null) };
}
