import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** Libraries that the TensorFlow 2.9 of tfjs-node-gpu 4.22.0 loads: https://www.tensorflow.org/install/source#gpu */
const LIBRARIES = ['libcudart.so.11', 'libcudnn.so.8'];

const ADVICE =
  'This is for `--engine tfjs:tensorflow` alone; `--engine cuda` needs no more than the driver, and every other engine no GPU.';

/**
 * Whether TensorFlow could compute on an NVIDIA GPU: its driver, and the CUDA and cuDNN that tfjs-node-gpu needs.
 * Linux only; the driver's own files under `/proc` are read and no program is run. `root` stands before every path.
 */
export function cudaFinding(
  root = '/',
  libraryPath: string | undefined = process.env['LD_LIBRARY_PATH'],
): Finding {
  const finding = { subject: 'GPU with CUDA', required: false };
  const driver = driverVersion(root);
  if (driver === null) {
    const fix = `${ADVICE} For a GPU: install the NVIDIA driver (Debian, Ubuntu: apt-get install nvidia-driver), then npm install @tensorflow/tfjs-node-gpu@4.22.0.`;
    return { ...finding, ok: false, message: 'no NVIDIA driver', fix };
  }
  const found = libraries(root, libraryPath);
  const missing = LIBRARIES.filter((name) => !found.some((file) => file.startsWith(name)));
  const devices = gpuNames(root).join(', ') || 'a GPU without a name';
  const message = `${devices}, NVIDIA driver ${driver}`;
  if (missing.length === 0) return { ...finding, ok: true, message, fix: null };
  return {
    ...finding,
    ok: false,
    message: `${message}, without ${missing.join(' and ')}`,
    fix: `${ADVICE} For a GPU: conda install -c conda-forge cudatoolkit=11.2.2 cudnn=8.1.0, and put $CONDA_PREFIX/lib into LD_LIBRARY_PATH.`,
  };
}

function driverVersion(root: string): string | null {
  try {
    const text = readFileSync(join(root, 'proc/driver/nvidia/version'), 'utf8');
    return (
      /Module\S*(?:\s+for \S+)?\s+([0-9]+(?:\.[0-9]+)+)/u.exec(text)?.[1] ?? 'of unknown version'
    );
  } catch {
    return null;
  }
}

function gpuNames(root: string): string[] {
  const folder = join(root, 'proc/driver/nvidia/gpus');
  return entries(folder).flatMap((gpu) => {
    try {
      const text = readFileSync(join(folder, gpu, 'information'), 'utf8');
      return /^Model:\s+(.+)$/mu.exec(text)?.[1]?.trim() ?? [];
    } catch {
      return [];
    }
  });
}

function libraries(root: string, libraryPath = ''): string[] {
  const folders = [
    ...libraryPath.split(':').filter(Boolean),
    ...[
      'usr/local/cuda/lib64',
      'usr/local/cuda-11/lib64',
      'usr/lib/x86_64-linux-gnu',
      'usr/lib64',
    ].map((folder) => join(root, folder)),
  ];
  return folders.flatMap(entries);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
