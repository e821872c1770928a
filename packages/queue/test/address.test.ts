import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { QueueAddress } from '../src/index.ts';

describe('the address of a queue', () => {
  it.each([
    ['redis://host', { host: 'host', port: 6379, db: 0 }],
    ['redis://:p%40ss@host:7000/3', { host: 'host', port: 7000, db: 3, password: 'p@ss' }],
    [
      'rediss://labproof:secret@host:6380',
      { host: 'host', port: 6380, db: 0, username: 'labproof', password: 'secret', tls: {} },
    ],
    ['redis://[::1]:6379', { host: '::1', port: 6379, db: 0 }],
    ['unix:/run/redis/redis.sock', { path: '/run/redis/redis.sock' }],
    ['/run/redis/redis.sock\n', { path: '/run/redis/redis.sock' }],
  ])('%s is understood', (text, options) => {
    expect(QueueAddress.parse(text).connectionOptions()).toEqual(options);
  });

  it('shows its password nowhere', () => {
    const address = QueueAddress.parse(
      'rediss://labproof:s%40cret@host:6380/1?key=s%40cret#s%40cret',
    );
    const shown = [
      String(address),
      JSON.stringify({ address }),
      inspect(address),
      inspect({ address }, { showHidden: true, depth: 9 }),
      address.redact('WRONGPASS s@cret and s%40cret'),
    ];
    for (const text of shown) expect(text).not.toMatch(/s(?:@|%40)cret/u);
    expect(String(address)).toBe('rediss://labproof:***@host:6380/1');
  });

  it.each(['', 'localhost:6379', 'http://:secret@host', 'redis://:secret@host/path', 'redis://'])(
    '"%s" is refused without being repeated',
    (text) => {
      const parse = (): unknown => QueueAddress.parse(text);
      expect(parse).toThrow(expect.objectContaining({ code: 'queue-address-invalid' }));
      expect(parse).not.toThrow(/secret/u);
    },
  );
});
