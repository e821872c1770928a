// Runs alone: it changes who is told of what nobody caught.
import { describe, expect, it } from 'vitest';
import { withoutStrayRejections } from '../../src/workers/stray-rejections.ts';

describe('a rejection that nobody looks at', () => {
  it('ends nothing while something is read, whatever libraries have installed', async () => {
    const rethrow = (reason: unknown): never => {
      throw reason;
    };
    process.on('unhandledRejection', rethrow);
    try {
      const read = await withoutStrayRejections(async () => {
        void Promise.reject(new Error('left behind'));
        await Promise.resolve();
        return 'read';
      });
      expect(read).toBe('read');
      expect(process.listeners('unhandledRejection')).toContain(rethrow);
    } finally {
      process.off('unhandledRejection', rethrow);
    }
  });

  it('is not what is thrown', async () => {
    const failing = withoutStrayRejections(() => Promise.reject(new RangeError('meant')));
    await expect(failing).rejects.toThrow('meant');
  });
});
