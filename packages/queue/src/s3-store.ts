import { type LabproofError, reasonOf } from '@labproof/core';
import { AwsClient } from 'aws4fetch';
import type { FileStore } from './file-store.ts';
import { queueError } from './errors.ts';

/** Where an S3-compatible store is, and the account there. */
export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of any other server; buckets stand in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** What the names of all objects begin with; may be empty. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Times that a request is sent again after an answer of 429 or 5xx, with growing pauses from 50 ms on. */
const RETRIES = 5;

/** Files as objects in a bucket. The keys of the account stand in no message. */
export function s3Store(options: S3Options): FileStore {
  const { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey, sessionToken } = options;
  const name = `the bucket ${bucket}`;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: 's3',
    region,
    retries: RETRIES,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  });
  const address = (path: string): string => {
    const object = [bucket, ...prefix.split('/').filter(Boolean), ...path.split('/')];
    return `${endpoint.replace(/\/+$/u, '')}/${object.map(encodeURIComponent).join('/')}`;
  };
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await client.fetch(address(path), init);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw unreachable(name, reasonOf(cause));
    }
  };
  return {
    name,
    async write(path, bytes) {
      const response = await ask(path, { method: 'PUT', body: Uint8Array.from(bytes) });
      if (!response.ok) throw unreachable(name, await refusal(response));
      await response.arrayBuffer();
    },
    async read(path) {
      const response = await ask(path, { method: 'GET' });
      if (response.status === 404) {
        await response.arrayBuffer();
        return null;
      }
      if (!response.ok) throw unreachable(name, await refusal(response));
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** The status and the code in the body, such as `403 SignatureDoesNotMatch`; the body may hold the signed request. */
async function refusal(response: Response): Promise<string> {
  const code = /<Code>(\w+)<\/Code>/u.exec(await response.text())?.[1];
  return [response.status, code].filter((part) => part !== undefined).join(' ');
}

function unreachable(name: string, why: string): LabproofError {
  return queueError('file-store-unreachable', {
    message: `Files cannot be read from or written to ${name}: ${why}.`,
    fix: 'Check the endpoint, the bucket and the account in the AWS_… variables, then run the same command again.',
  });
}
