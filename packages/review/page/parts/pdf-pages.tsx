import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PagesView } from '../../src/server/protocol.ts';
import { get } from '../api.ts';

/** Pages that were drawn, by answer: coming back to one takes no time. */
const drawn = new Map<string, PagesView>();

/** The pages of the PDF on which an answer stands, as pictures. They come when they are there; reading goes on meanwhile. */
export function PdfPages({ id }: { id: string }) {
  const view = useSignal<PagesView | null>(drawn.get(id) ?? null);
  useEffect(() => {
    let isShown = true;
    if (view.value !== null) return;
    get<PagesView>('pages', { id })
      .catch((error: unknown): PagesView => ({
        pages: [],
        problem: error instanceof Error ? error.message : String(error),
      }))
      .then((found) => {
        if (found.problem === null) drawn.set(id, found);
        if (isShown) view.value = found;
      });
    return () => {
      isShown = false;
    };
  }, [id]);
  if (view.value === null) return <p class="muted small">The page of the PDF is being drawn …</p>;
  const { pages, problem } = view.value;
  if (problem !== null) {
    return <p class="note">No picture of the PDF: {problem} The text above is what was read.</p>;
  }
  return (
    <details class="pdf-pages" open>
      <summary>In the PDF</summary>
      {pages.map(({ number, width, height, png }) => (
        <figure key={number}>
          <figcaption class="muted small">Page {number}</figcaption>
          <img
            src={`data:image/png;base64,${png}`}
            width={width}
            height={height}
            alt={`Page ${number} of the PDF; its words stand above`}
          />
        </figure>
      ))}
    </details>
  );
}
