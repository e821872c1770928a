import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'demo-class', 'submission', 'submissions']);

/** Every Markdown page of the project; what students hand in is none. */
function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name === '.git') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function deadLinks(page: string): string[] {
  const text = readFileSync(page, 'utf8').replaceAll(/```.*?```/gsu, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/gu)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/u.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : join(dirname(page), file);
    if (!existsSync(path)) return [`${target}: there is no such file`];
    if (anchor === undefined || !path.endsWith('.md') || anchorsOf(path).includes(anchor))
      return [];
    return [`${target}: there is no such heading`];
  });
}

const folders = ['docs', 'packages', 'bench', 'fixtures', '.changeset'];
const pages = [
  ...['README.md', 'CONTRIBUTING.md'].map((name) => join(root, name)),
  ...folders.flatMap((folder) => pagesIn(join(root, folder))),
];

describe('the pages of the project', () => {
  it('are found', () => {
    expect(pages.length).toBeGreaterThan(20);
  });

  it('link only to what is there', () => {
    const dead = pages.flatMap((page) =>
      deadLinks(page).map((problem) => `${relative(root, page)}: ${problem}`),
    );
    expect(dead).toEqual([]);
  });
});
