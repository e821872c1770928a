import { Desk } from '../../src/server/desk.ts';
import { planOf } from '../../src/team/plan.ts';
import type { PageSource } from '../../src/server/answer-pages.ts';
import type { PageFile } from '../../src/server/page-files.ts';
import { serveRoom, type ServedRoom } from '../../src/server/serve.ts';
import { type OpenRoom, openRoom } from '../../src/room/open-room.ts';
import { digestOfToken, type Team } from '../../src/team/team.ts';
import { lab } from './small-class.ts';

export interface TestRoom {
  readonly open: OpenRoom;
  readonly served: ServedRoom;
  /** Errors that the server has told its terminal. */
  readonly faults: unknown[];
  /** Asks as a reader does whose token is their name, with the headers of the page. */
  ask<T = unknown>(
    reader: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly value: T }>;
  close(): Promise<void>;
}

/** A team whose tokens are the names; the first one leads. */
export function teamOf(names: readonly string[], rest: Partial<Team> = {}): Team {
  return {
    readers: names.map((name, at) => ({
      name,
      role: at === 0 ? 'lead' : 'reader',
      reads: names.length === 1 || at > 0,
      tokenDigest: digestOfToken(name),
    })),
    by: 'share',
    twice: 0,
    seed: '1',
    ...rest,
  };
}

/** Serves a graded folder to a team; the clock goes a minute a step. */
export async function serveForTest(
  folder: string,
  team: Team,
  files: ReadonlyMap<string, PageFile> = new Map(),
  pages: PageSource | null = null,
): Promise<TestRoom> {
  let minute = 0;
  const now = (): string => new Date(Date.UTC(2026, 10, 26, 10, minute++)).toISOString();
  const open = await openRoom(folder, { lab, now });
  open.room.act(team.readers[0]?.name ?? '', planOf(team));
  const faults: unknown[] = [];
  const served = await serveRoom({
    desk: new Desk(open.room, team, false),
    files,
    port: 0,
    origin: null,
    seconds: () => 0,
    pages,
    onChange: () => undefined,
    onFault: (error) => void faults.push(error),
  });
  return {
    open,
    served,
    faults,
    ask: async (reader, path, body, headers = {}) => {
      const response = await fetch(`${served.address}api/${path}`, {
        headers: {
          cookie: `labproof-room-${served.port}=${reader}`,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', origin: served.address.slice(0, -1) }),
          ...headers,
        },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      return { status: response.status, value: (await response.json()) as never };
    },
    close: async () => {
      await served.close();
      open.close();
    },
  };
}
