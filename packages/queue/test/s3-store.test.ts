import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getFile, putFile, s3Store, type S3Options } from '../src/index.ts';

/** A real S3 server: `go install github.com/versity/versitygw/cmd/versitygw@latest`, found in PATH. */
const hasServer = ((): boolean => {
  try {
    return execFileSync('versitygw', ['--version'], { encoding: 'utf8' }).includes('Version');
  } catch {
    return false;
  }
})();
const without = hasServer ? '' : ' (skipped: versitygw is not installed)';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe.skipIf(!hasServer)(`files in an S3 store${without}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'labproof-s3-'));
  let server: ChildProcess;
  let options: S3Options;

  beforeAll(async () => {
    mkdirSync(join(folder, 'data', 'labs'), { recursive: true });
    const port = await freePort();
    const account = { ROOT_ACCESS_KEY: 'tester', ROOT_SECRET_KEY: 'bitter-almond' };
    server = spawn(
      'versitygw',
      ['--port', `127.0.0.1:${port}`, 'posix', '--nometa', join(folder, 'data')],
      { env: { ...process.env, ...account }, stdio: 'ignore' },
    );
    const endpoint = `http://127.0.0.1:${port}`;
    while ((await fetch(endpoint).catch(() => null)) === null) await pause(50);
    options = {
      endpoint,
      region: 'us-east-1',
      bucket: 'labs',
      prefix: 'course a/2026',
      accessKeyId: 'tester',
      secretAccessKey: 'bitter-almond',
    };
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('come back as they were, and twice is once', async () => {
    const store = s3Store(options);
    for (const length of [0, 1, 3_000_000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) % 251);
      const address = await putFile(store, 'weights', bytes);
      expect(await putFile(store, 'weights', bytes)).toEqual(address);
      const back = await getFile(store, address);
      expect(back !== null && Buffer.compare(back, bytes)).toBe(0);
    }
  });

  it('are none where there are none, and an error where the store is another', async () => {
    const absent = { kind: 'grades', digest: 'a'.repeat(64) } as const;
    expect(await getFile(s3Store(options), absent)).toBeNull();
    for (const wrong of [
      { bucket: 'elsewhere' },
      { secretAccessKey: 'sweet-almond' },
      { accessKeyId: 'nobody' },
      { endpoint: 'http://127.0.0.1:9' },
    ]) {
      const store = s3Store({ ...options, ...wrong });
      const failure = await putFile(store, 'grades', new Uint8Array([1])).then(
        String,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ code: 'file-store-unreachable', owner: 'us' });
      expect(String(failure)).not.toMatch(/almond/u);
    }
  });
});
