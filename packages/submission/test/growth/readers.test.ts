// Takes 60 s: every reader reads every text.
import { describe, expect, it } from 'vitest';
import { growthOf } from './growth.ts';
import { TEXTS } from './patterns.ts';
import { READERS } from './readers.ts';

describe.each(Object.entries(READERS))('the work of reading %s', (_, read) => {
  it('grows as the text does', { timeout: 1_800_000 }, async () => {
    const steep: string[] = [];
    for (const [name, text] of TEXTS) {
      const growth = await growthOf(read, text);
      if (growth !== null) steep.push(`${name}: ${growth}`);
    }
    expect(steep).toEqual([]);
  });
});
