import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerHost } from '../../src/workers/host.ts';
import { hostProcess } from '../../src/workers/process.ts';
import { hostThread } from '../../src/workers/thread.ts';

interface Answer {
  readonly answer: string;
}
interface Notice {
  readonly notice: string;
}

const hosts: WorkerHost<string, Answer, Notice>[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

function thread(): WorkerHost<string, Answer, Notice> {
  const module = { from: import.meta.url, path: './echo-thread' };
  const host = hostThread<string, Answer, Notice>(module, 'here');
  hosts.push(host);
  return host;
}

function child(): { host: WorkerHost<string, Answer, Notice>; errors: () => string } {
  const module = { from: import.meta.url, path: './echo-process' };
  const started = hostProcess<string, Answer, Notice>(module, { heap: 100 });
  hosts.push(started.host);
  return started;
}

describe('a thread', () => {
  it('answers one question after the other', async () => {
    const host = thread();
    expect(await host.ask('one')).toEqual({ kind: 'answer', answer: { answer: 'one here' } });
    expect(await host.ask('two')).toEqual({ kind: 'answer', answer: { answer: 'two here' } });
    expect(host.end).toBeNull();
  });

  it('may say something before it answers', async () => {
    const heard: string[] = [];
    const reply = await thread().ask('tell', {
      takesNotice(message) {
        if (!('notice' in message)) return false;
        heard.push(message.notice);
        return true;
      },
    });
    expect(reply).toMatchObject({ answer: { answer: 'tell here' } });
    expect(heard).toEqual(['a moment']);
  });

  it('that ends says how, then and ever after', async () => {
    const gone = { kind: 'ended', how: 'exit code 3', signal: null, cause: null };
    const host = thread();
    expect(await host.ask('exit')).toEqual(gone);
    expect(await host.ask('one')).toEqual(gone);
    const thrown = await thread().ask('throw');
    expect(thrown).toMatchObject({ kind: 'ended', how: 'thrown in the thread' });
  });

  it('that is stopped answers nobody any more', async () => {
    const host = thread();
    const reply = host.ask('slow');
    await host.stop();
    expect(await reply).toMatchObject({ kind: 'ended' });
  });

  it('is asked one question at a time, and need not be waited for', async () => {
    const host = thread();
    const late = host.ask('slow', { seconds: 0.05 });
    expect(() => host.ask('one')).toThrow(/still at another/u);
    expect(await late).toEqual({ kind: 'late', seconds: 0.05 });
  });
});

describe('a process', () => {
  it('makes no code from text', async () => {
    const { answer } = (await child().host.ask('eval')) as unknown as { answer: Answer };
    expect(answer.answer).toContain('Code generation from strings disallowed');
  });

  it('answers with the heap that it may have', async () => {
    const { host } = child();
    expect(await host.ask('one')).toMatchObject({
      answer: { answer: 'one --max-old-space-size=100' },
    });
  });

  it('that ends says by which code or signal', async () => {
    expect(await child().host.ask('exit')).toMatchObject({ how: 'exit code 4', signal: null });
    expect(await child().host.ask('kill')).toMatchObject({ how: 'SIGKILL', signal: 'SIGKILL' });
  });

  it('that hears nothing any more says how it ended, and not that it could not be reached', async () => {
    const { host, errors } = child();
    expect(await host.ask('go')).toMatchObject({ answer: { answer: 'going' } });
    expect(await host.ask('one')).toMatchObject({ how: 'exit code 6', cause: null });
    expect(errors()).toContain('out of something');
  });

  it('leaves what it wrote to stderr', async () => {
    const { host, errors } = child();
    expect(await host.ask('grumble')).toMatchObject({ how: 'exit code 5' });
    expect(errors()).toContain('something is wrong');
  });

  it('leaves what V8 dies of, though a long trace of its own comes after it', async () => {
    const { host, errors } = child();
    await host.ask('trace');
    expect(errors()).toMatch(/heap out of memory\n(?: 1: 0x.*\n){256}$/u);
  });
});
