import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FIXTURES = new URL('../../../../fixtures/', import.meta.url);
const KINDS = ['zip', 'legacy stream', 'TorchScript', 'safetensors', 'ONNX'];

/** Files that real exporters wrote, whose predicted classes are held to theirs, by version and kind. */
function counts(): Map<string, Map<string, number>> {
  const table = new Map<string, Map<string, number>>();
  for (const set of ['pytorch-files', 'onnx-files']) {
    const root = new URL(`${set}/`, FIXTURES);
    for (const entry of readdirSync(root, { withFileTypes: true })) {
      if (!entry.isDirectory() || !entry.name.startsWith('torch-')) continue;
      const text = readFileSync(new URL(`${entry.name}/expected.json`, root), 'utf8');
      const { files } = JSON.parse(text) as { files: Record<string, unknown> };
      const row = table.get(entry.name) ?? new Map<string, number>();
      for (const name of Object.keys(files))
        row.set(kindOf(name), (row.get(kindOf(name)) ?? 0) + 1);
      table.set(entry.name, row);
    }
  }
  return table;
}

function kindOf(name: string): string {
  if (name.endsWith('.onnx')) return 'ONNX';
  if (name.endsWith('.safetensors')) return 'safetensors';
  if (name.includes('-legacy')) return 'legacy stream';
  return name.includes('-script') ? 'TorchScript' : 'zip';
}

describe('files of the real PyTorch that are evaluated as it does', () => {
  it('are of every version and kind, as many as the README says', () => {
    const table = counts();
    const rows = [...table].map(
      ([version, row]) =>
        `| ${version.replace('torch-', '')} | ${KINDS.map((kind) => row.get(kind) ?? 0).join(' | ')} |`,
    );
    const readme = readFileSync(new URL('pytorch-files/README.md', FIXTURES), 'utf8');
    const all = [...table.values()].flatMap((row) => [...row.values()]);
    expect(table.size).toBe(3);
    for (const row of table.values()) {
      for (const kind of KINDS) expect(row.get(kind) ?? 0, kind).toBeGreaterThan(0);
    }
    for (const row of rows) expect(readme).toContain(row);
    expect(readme).toContain(`${all.reduce((sum, count) => sum + count, 0)} files`);
  });
});
