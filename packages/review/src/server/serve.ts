import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabproofError, reasonOf } from '@labproof/core';
import { reviewError } from '../errors.ts';
import { type Reader, readerWith } from '../team/team.ts';
import { AnswerPages, type PageSource } from './answer-pages.ts';
import type { Desk } from './desk.ts';
import { Holds } from './holds.ts';
import type { PageFile } from './page-files.ts';
import { Refused, ROUTES } from './routes.ts';

/** Most bytes of a request's body. */
const MOST_BYTES = 1_000_000;
const LOOPBACK = '127.0.0.1';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Formulas and charts are placed by attributes; no rule of a student's survives the sanitiser.
  "style-src-attr 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface ServeOptions {
  readonly desk: Desk;
  readonly files: ReadonlyMap<string, PageFile>;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where a proxy with TLS offers this server, as `https://review.example.org`; `null` without one. */
  readonly origin: string | null;
  /** Seconds on a monotonic clock, for who has which answer open. */
  readonly seconds: () => number;
  /** Draws the pages of PDFs; `null`: nobody does. */
  readonly pages: PageSource | null;
  /** After every request that may have changed the record. */
  readonly onChange: () => void;
  /** What failed and is nobody's request. */
  readonly onFault: (error: unknown) => void;
}

export interface ServedRoom {
  readonly port: number;
  /** Where the page is, on this machine. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the reading room on the loopback interface alone. Throws an instructor's error where the port is taken. */
export async function serveRoom(options: ServeOptions): Promise<ServedRoom> {
  const holds = new Holds(options.seconds);
  const pages = options.pages === null ? null : new AnswerPages(options.pages);
  const server = createServer((request, response) => {
    answer(request, response, options, { holds, pages }, portOf(server)).catch((error: unknown) => {
      refuse(response, error, options.onFault);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        reviewError('review-port', {
          message: `The reading room cannot listen on port ${options.port}: ${reasonOf(error)}.`,
          fix: 'Leave --port out, or choose a port that is free.',
          cause: error,
        }),
      );
    });
    server.listen(options.port, LOOPBACK, resolve);
  });
  const port = portOf(server);
  return {
    port,
    address: `http://${LOOPBACK}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, files, origin, onChange }: ServeOptions,
  { holds, pages }: { readonly holds: Holds; readonly pages: AnswerPages | null },
  port: number,
): Promise<void> {
  const origins = [
    `http://${LOOPBACK}:${port}`,
    `http://localhost:${port}`,
    ...(origin === null ? [] : [origin]),
  ];
  // A page of another site that has pointed its name at this machine says its own name.
  if (!origins.some((own) => new URL(own).host === request.headers.host)) {
    throw new Refused(421, 'This server does not go by that name.');
  }
  const method = request.method ?? '';
  const url = new URL(request.url ?? '/', 'http://room.invalid');
  const file = method === 'GET' ? files.get(url.pathname) : undefined;
  if (file !== undefined) return send(response, 200, file.type, file.content);
  if (method === 'POST') {
    if (!origins.includes(request.headers.origin ?? '')) {
      throw new Refused(403, 'The request comes from another page.');
    }
    if (request.headers['content-type'] !== 'application/json') {
      throw new Refused(415, 'The request is not JSON.');
    }
  }
  const body = method === 'POST' ? await bodyOf(request) : null;
  const cookie = `labproof-room-${port}`;
  if (`${method} ${url.pathname}` === 'POST /api/login') {
    const token = (body as { token?: unknown } | null)?.token;
    if (typeof token !== 'string' || readerWith(desk.team, token) === null) {
      throw new Refused(401, 'This address is not, or no longer, valid: ask for a new one.');
    }
    const secure = origin?.startsWith('https:') === true ? '; Secure' : '';
    response.setHeader(
      'set-cookie',
      `${cookie}=${token}; Path=/; HttpOnly; SameSite=Strict${secure}`,
    );
    return send(response, 200, 'application/json', '{}');
  }
  const reader = visitor(request, cookie, desk);
  const route = ROUTES[`${method} ${url.pathname}`];
  if (route === undefined) throw new Refused(404, 'There is nothing here.');
  const value = await route({ desk, holds, pages, reader, query: url.searchParams, body });
  if (method === 'POST') onChange();
  return send(response, 200, 'application/json', JSON.stringify(value));
}

function visitor(request: IncomingMessage, cookie: string, desk: Desk): Reader {
  const token = (request.headers.cookie ?? '')
    .split('; ')
    .find((part) => part.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1);
  const reader = token === undefined ? null : readerWith(desk.team, token);
  if (reader === null) throw new Refused(401, 'Open the address that the command has printed.');
  return reader;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new Refused(413, 'The request is too long.');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Refused(400, 'The request is not JSON.');
  }
}

function refuse(response: ServerResponse, error: unknown, onFault: (error: unknown) => void): void {
  if (response.headersSent) return;
  if (error instanceof Refused) {
    send(response, error.status, 'application/json', JSON.stringify({ message: error.message }));
    return;
  }
  onFault(error);
  const message =
    error instanceof LabproofError
      ? `${error.message} ${error.fix}`
      : 'Nothing was saved: the server failed. Its terminal says more.';
  send(response, 500, 'application/json', JSON.stringify({ message }));
}

function send(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(content);
}
