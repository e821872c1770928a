import { describe, expect, it } from 'vitest';
import { findDurations } from '../../src/claims/duration.ts';

describe('findDurations', () => {
  it.each([
    ['about 5s', [5]],
    ['each epoch takes about 5 seconds per epoch', [5]],
    ['48000/48000 [====] - 3s 52us/step - loss: 0.3', [3]],
    ['1875/1875 - 4s 2ms/step', [4]],
    ['it took 1 min 20 s', [80]],
    ['roughly 2 minutes and 5 seconds', [125]],
    ['4-6 seconds', [5]],
    ['between 4 and 6 s', [6]],
    ['five seconds', [5]],
    ['0,5 s', [0.5]],
    ['1.5 minutes', [90]],
    ['an accuracy of 92 %', []],
    ['12 epochs', []],
  ])('%s', (text, seconds) => {
    expect(findDurations(text).map((duration) => duration.seconds)).toEqual(seconds);
  });
});
