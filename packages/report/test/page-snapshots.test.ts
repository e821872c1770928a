import { describe, expect, it } from 'vitest';
import { inspectHtml } from './synthetic/inspect-html.ts';
import { outline } from './synthetic/outline.ts';
import { PAGES } from './synthetic/pages.ts';

// The page of another student would say the same again.
const KINDS = PAGES.filter(([kind]) => kind !== 'student with mistakes');

it.each(KINDS)('the page "%s" consists of what it did', async (kind, html) => {
  const file = `snapshots/page-${kind.replaceAll(' ', '-')}.txt`;
  await expect(outline(html)).toMatchFileSnapshot(file);
});

it.each(PAGES)(
  'the page "%s" has one heading of its own, a policy, no id twice, and no link within itself to nowhere',
  (_, html) => {
    const { ids } = inspectHtml(html);
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    expect(html).toMatch(/<meta\s+http-equiv="Content-Security-Policy"\s+content="default-src /);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  },
);

describe('an outline', () => {
  const row = (name: string, extra = ''): string => `<tr><td>${name}</td>${extra}</tr>`;
  const table = (...rows: string[]): string => `<table><tbody>${rows.join('')}</tbody></table>`;

  it('tells rows of one shape once, and one of another shape', () => {
    const [alike, other] = [table(row('a'), row('b')), table(row('a'), row('b', '<td>c</td>'))];
    expect(outline(alike)).toBe(
      'page\n table\n  tbody\n   tr “a”\n   … 1 more like what was shown\n',
    );
    expect(outline(other)).toContain('tr “b” | “c”');
  });

  it.each([
    ['a word', '<p class="a">x</p>', '<p class="a">y</p>'],
    ['a class', '<p class="a">x</p>', '<p class="b">x</p>'],
    ['an attribute', '<p>x</p>', '<p aria-hidden="true">x</p>'],
    ['an element', '<p>x</p>', '<p><b>x</b></p>'],
    ['the order', '<h2>a</h2><p>b</p>', '<p>b</p><h2>a</h2>'],
  ])('is another where %s is', (_, before, after) => {
    expect(outline(after)).not.toBe(outline(before));
  });
});
