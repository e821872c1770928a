import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const guide = await readFile(new URL('docs/adding-a-check.md', ROOT), 'utf8');
const shown = [...guide.matchAll(/<!-- (?<file>\S+) -->\n```ts\n(?<code>.*?)```/gs)].map(
  ({ groups }) => [groups?.['file'] ?? '', groups?.['code'] ?? ''] as const,
);

describe('docs/adding-a-check.md', () => {
  it('shows the whole folder of a kind', () => {
    expect(shown.map(([file]) => file.split('/').slice(-2))).toEqual([
      ['parameter-count', 'run.ts'],
      ['parameter-count', 'definition.ts'],
    ]);
  });

  it.each(shown)('shows %s as it is', async (file, code) => {
    expect(code).toBe(await readFile(new URL(file, ROOT), 'utf8'));
  });

  it('shows the line of the registry as it is', async () => {
    const line = "import { parameterCount } from './parameter-count/definition.ts';";
    const registry = await readFile(new URL('../src/checks/registry.ts', import.meta.url), 'utf8');
    expect(guide).toContain(line);
    expect(registry).toContain(line);
  });
});
