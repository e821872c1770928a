import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { SiteFile } from '../../src/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** A web server that knows nothing but files: no header helps the page. */
export class ServedFolder {
  readonly #server: Server;
  /** What was asked for. */
  readonly asked: string[] = [];
  /** Content that another one stands in the place of, by path. */
  readonly replaced = new Map<string, string | Uint8Array>();
  /** Answers wait for it, by the beginning of their path. */
  readonly held = new Map<string, Promise<void>>();
  readonly path: string;

  constructor(files: readonly SiteFile[], path = '/courses/12/self-check/') {
    this.path = path;
    const byPath = new Map(files.map((file) => [file.path, file.content]));
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      this.asked.push(pathname);
      const inside = pathname.startsWith(path) ? pathname.slice(path.length) : null;
      const name = inside === '' ? 'index.html' : inside;
      const content = name === null ? undefined : (this.replaced.get(name) ?? byPath.get(name));
      const wait = [...this.held].find(([begin]) => name?.startsWith(begin) === true)?.[1];
      void (wait ?? Promise.resolve()).then(() => {
        response.writeHead(content === undefined ? 404 : 200, {
          'Content-Type': TYPES[extname(name ?? '')] ?? 'application/octet-stream',
        });
        response.end(content);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.path}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
