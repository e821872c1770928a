import { describe, expect, it } from 'vitest';
import { isNearGuessing } from '../../src/checks/shared/near-guessing.ts';

describe('isNearGuessing', () => {
  it.each([
    [0.94, 2, false],
    [0.6, 2, false],
    [0.52, 2, true],
    [0.5, 2, true],
    [0.2, 10, false],
    [0.19, 10, true],
    [0.1, 10, true],
    [0.2, 20, false],
    [0.06, 20, true],
    [0.9, 1, false],
  ])('%s of %s classes: %s', (accuracy, classes, expected) => {
    expect(isNearGuessing(accuracy, classes)).toBe(expected);
  });
});
