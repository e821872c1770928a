/**
 * Less than this share of the way from guessing to perfection is no result of training. For ten classes that is an accuracy
 * below 0.2, for two below 0.56: a share of the way (Cohen's kappa for classes of equal size) means the same for any number
 * of classes, and "twice what guessing gives" is more than all for two.
 */
const LEAST_SKILL = 1 / 9;

/** What guessing gives with so many classes. */
export function guessing(classes: number): number {
  return 1 / classes;
}

/** Whether a model does hardly better than guessing. */
export function isNearGuessing(accuracy: number, classes: number): boolean {
  const chance = guessing(classes);
  return classes > 1 && accuracy - chance < LEAST_SKILL * (1 - chance);
}
