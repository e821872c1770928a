import { expect, it } from 'vitest';
import { PAGES } from './synthetic/pages.ts';

/** The page without its fonts, images and drawings, which have tests of their own. */
function bones(html: string): string {
  return html
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<script>[^]*?<\/script>/g, '')
    .replace(/data:[a-z0-9/]+;base64,[A-Za-z0-9+/=]+/g, 'data:')
    .replace(/<svg[^]*?<\/svg>/g, '<svg/>')
    .replace(/\s*\n\s*/g, '\n');
}

const KINDS = ['class', 'trials', 'sweep', 'nights', 'handout', 'self-check'];

it.each(PAGES.filter(([kind]) => KINDS.includes(kind)))(
  'the page "%s" is as it was',
  async (kind, html) => {
    await expect(bones(html)).toMatchFileSnapshot(`snapshots/page-${kind}.html`);
  },
);

it('every kind of page is there', () => {
  const kinds = PAGES.map(([kind]) => kind);
  expect(kinds).toEqual(expect.arrayContaining(KINDS));
});
