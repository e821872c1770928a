import { describe, expect, it } from 'vitest';
import { mapSideBySide, Places, WorkerPool } from '../../src/workers/pool.ts';

/** Something that is finished when it is told to be. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('mapSideBySide', () => {
  it('gives results in the order of the items, whichever is done first', async () => {
    const gates = [gate(), gate(), gate()];
    const begun: number[] = [];
    const results = mapSideBySide(gates, 2, async ({ opened }, index) => {
      begun.push(index);
      await opened;
      return index * 10;
    });
    await Promise.resolve();
    gates[1]?.open();
    gates[2]?.open();
    await gates[2]?.opened;
    gates[0]?.open();
    expect(await results).toEqual([0, 10, 20]);
    expect(begun).toEqual([0, 1, 2]);
  });

  it('begins nothing after a failure', async () => {
    const begun: number[] = [];
    const failing = mapSideBySide([0, 1, 2, 3], 1, (item) => {
      begun.push(item);
      return item === 1 ? Promise.reject(new Error('item 1')) : Promise.resolve(item);
    });
    await expect(failing).rejects.toThrow('item 1');
    // What was still to come would have begun by now.
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([0, 1]);
  });

  it('does nothing for no items', async () => {
    expect(await mapSideBySide([], 0, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});

describe('Places', () => {
  it('are never more than there are', async () => {
    const places = new Places(2);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 10 }, () =>
        places.use(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
  });
});

describe('a pool of workers', () => {
  interface Worker {
    readonly name: string;
    dead: boolean;
  }

  function pool(most: number): {
    started: string[];
    stopped: string[];
    workers: WorkerPool<Worker>;
    kind: (name: string) => { name: string; start: () => Worker };
  } {
    const started: string[] = [];
    const stopped: string[] = [];
    const workers = new WorkerPool<Worker>({
      most,
      stop: ({ name }) => void stopped.push(name),
      isDead: ({ dead }) => dead,
    });
    const kind = (name: string) => ({
      name,
      start: (): Worker => {
        started.push(name);
        return { name, dead: false };
      },
    });
    return { started, stopped, workers, kind };
  }

  it('starts one when it is needed and uses it again', async () => {
    const { started, workers, kind } = pool(2);
    for (const job of ['a', 'a', 'a']) await workers.use(kind(job), () => Promise.resolve());
    expect(started).toEqual(['a']);
    await Promise.all([1, 2, 3].map(() => workers.use(kind('a'), () => Promise.resolve())));
    expect(started).toEqual(['a', 'a']);
  });

  it('lets one that is idle make room for one of another kind', async () => {
    const { started, stopped, workers, kind } = pool(2);
    for (const job of ['a', 'b', 'c', 'b']) await workers.use(kind(job), () => Promise.resolve());
    expect(started).toEqual(['a', 'b', 'c']);
    expect(stopped).toEqual(['a']);
  });

  it('never uses one again that died at a job', async () => {
    const { started, workers, kind } = pool(1);
    const failing = workers.use(kind('a'), (worker) => {
      worker.dead = true;
      return Promise.reject(new Error('gone'));
    });
    await expect(failing).rejects.toThrow('gone');
    await workers.use(kind('a'), () => Promise.resolve());
    expect(started).toEqual(['a', 'a']);
  });

  it('stops all, and starts none afterwards', async () => {
    const { stopped, started, workers, kind } = pool(1);
    const { opened, open } = gate();
    const running = workers.use(kind('a'), () => opened);
    const waiting = workers.use(kind('a'), () => Promise.resolve());
    await Promise.resolve();
    await workers.stop();
    open();
    await running;
    await expect(waiting).rejects.toThrow(/stopped/u);
    expect(started).toEqual(['a']);
    expect(stopped).toEqual(['a']);
  });
});
