import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A registry that takes every request and answers none: whoever asks it for data stays where it is. */
export class SilentRegistry {
  readonly #server: Server = createServer();

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** The environment of a command that finds its data nowhere else; `data` is a folder that does not exist. */
  environment(data: string): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as AddressInfo;
    return { LABPROOF_DATA: data, npm_config_registry: `http://127.0.0.1:${port}/` };
  }

  /** Resolves when somebody has asked. */
  async asked(): Promise<void> {
    await once(this.#server, 'request');
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The environment of a command whose browser starts and then never says a word. */
export function silentBrowser(folder: string): NodeJS.ProcessEnv {
  const path = join(folder, 'browser');
  writeFileSync(path, '#!/bin/sh\nexec sleep 1000000\n');
  chmodSync(path, 0o755);
  return { PUPPETEER_EXECUTABLE_PATH: path };
}
