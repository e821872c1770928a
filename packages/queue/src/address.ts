import { inspect } from 'node:util';
import { type LabproofError } from '@labproof/core';
import { queueError } from './errors.ts';

/** What stands for a password wherever an address is shown. */
const HIDDEN = '***';

/** An address as Redis clients take it. */
export type RedisConnection = {
  readonly username?: string;
  readonly password?: string;
} & (
  | { readonly path: string }
  | { readonly host: string; readonly port: number; readonly db: number; readonly tls?: object }
);

/**
 * Where the queue is: `redis://` or `rediss://` (TLS) with host, port and database, or `unix:` and the path of a socket.
 * However it is turned into text, the password stays out of it.
 */
export class QueueAddress {
  readonly #url: URL;

  private constructor(url: URL) {
    this.#url = url;
  }

  /** Throws `queue-address-invalid`; the message never repeats what was given, which may hold a password. */
  static parse(text: string): QueueAddress {
    const trimmed = text.trim();
    let url: URL;
    try {
      url = new URL(trimmed.startsWith('/') ? `unix:${trimmed}` : trimmed);
    } catch {
      throw invalid('it is no URL');
    }
    if (!['redis:', 'rediss:', 'unix:'].includes(url.protocol)) {
      throw invalid('it begins with none of redis://, rediss:// and unix:');
    }
    if (url.protocol !== 'unix:' && url.hostname === '') throw invalid('it names no host');
    if (url.protocol !== 'unix:' && !/^(?:\/\d*)?$/u.test(url.pathname)) {
      throw invalid('what follows the host is not the number of a database');
    }
    return new QueueAddress(url);
  }

  /** Whether the text that was parsed held a password. */
  get hasPassword(): boolean {
    return this.#url.password !== '';
  }

  /** What ioredis needs; holds the password, so it must go nowhere else. */
  connectionOptions(): RedisConnection {
    const { protocol, hostname, port, pathname, username, password } = this.#url;
    const account = {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    };
    if (protocol === 'unix:') return { path: decodeURIComponent(pathname), ...account };
    return {
      // IPv6 addresses stand in brackets in a URL and without them in a socket's options.
      host: hostname.replace(/^\[(?<address>.*)\]$/u, '$<address>'),
      port: port === '' ? 6379 : Number(port),
      db: Number(pathname.slice(1)),
      ...account,
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    };
  }

  /** The address without its password. */
  toString(): string {
    const shown = new URL(this.#url);
    if (shown.password !== '') shown.password = HIDDEN;
    shown.search = '';
    shown.hash = '';
    return shown.href;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** A text of somebody else's, such as an error message, without the password. */
  redact(text: string): string {
    const { password } = this.#url;
    if (password === '') return text;
    return text.replaceAll(password, HIDDEN).replaceAll(decodeURIComponent(password), HIDDEN);
  }
}

function invalid(why: string): LabproofError {
  return queueError('queue-address-invalid', {
    message: `The address of the queue cannot be used: ${why}.`,
    fix: 'Give redis://host:port/database, rediss://host:port (TLS) or unix:/path/of/the/socket.',
  });
}
