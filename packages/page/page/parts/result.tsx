import { questionsText } from '@labproof/report/browser';
import { useSignal } from '@preact/signals';
import type { Unseen } from '../worker/protocol.ts';
import { useEffect, useRef } from 'preact/hooks';
import { first, lab, packedHandIn, result, step, type Shown } from '../store.ts';

/** The result: in short, as the page that the command line writes, and to take along. */
export function Result() {
  const shown = result.value ?? first.value;
  if (shown === null) return null;
  const isFirst = result.value === null;
  return (
    <section class="result" aria-labelledby="result">
      <h2 id="result">{isFirst ? 'So far, without your models' : 'Before you hand in'}</h2>
      {shown.unseen !== null && <p class="callout">{whyUnseen(shown.unseen)}</p>}
      <Checklist shown={shown} />
      {!isFirst && step.value === null && <TakeAlong shown={shown} />}
      {!isFirst && <Report html={shown.html} />}
    </section>
  );
}

function whyUnseen(unseen: Unseen): string {
  switch (unseen.by) {
    case 'browser':
      return 'What your models reach was not looked at in this browser.';
    case 'network':
      return `What your models reach was not looked at: the test images of ${unseen.dataset} could not be loaded. Look at your network and press "Check again".`;
    case 'stop':
      return `What your models reach was not looked at to the end: ${unseen.why}. That says nothing about your models: they are tried again in grading. To have it looked at here, close other pages and programs and press "Check again".`;
  }
}

function Checklist({ shown: { check } }: { readonly shown: Shown }) {
  const { problem, points, questions, modelsMissing } = check;
  if (problem !== null) {
    return (
      <div class="callout refused">
        <p>
          <b>{problem.message}</b>
        </p>
        <p>{problem.fix}</p>
        <p class="muted small mono">{problem.code}</p>
      </div>
    );
  }
  const numbers = (which: (question: (typeof questions)[number]) => boolean): number[] =>
    questions.filter((question) => which(question)).map(({ number }) => number);
  const missing = numbers(({ checks }) => checks.some(({ absent }) => absent === 'answer'));
  const unreadable = numbers(({ state }) => state === 'unreadable');
  const items: readonly Item[] = [
    item(
      missing.length === 0,
      'Every question has an answer',
      `Without an answer: ${questionsText(missing)}`,
    ),
    item(
      modelsMissing.length === 0,
      'Every model that is asked for is there',
      `Models that are missing: ${modelsMissing.join(', ')}`,
    ),
    item(
      unreadable.length === 0,
      'Everything could be read',
      `Something could not be read: ${questionsText(unreadable)}`,
    ),
    item(
      points.lost === 0,
      'Nothing would cost points',
      `${points.lost} of ${points.max} points would be lost`,
    ),
  ];
  return (
    <>
      <ul class="checklist">
        {items.map(({ fine, text }) => (
          <li key={text} class={fine ? 'fine' : 'open'}>
            <span aria-hidden="true">{fine ? '✓' : '✗'}</span>
            <span>
              <span class="hidden">{fine ? 'Done: ' : 'To do: '}</span>
              {text}
            </span>
          </li>
        ))}
      </ul>
      <p class="muted">
        {points.fine} {points.fine === 1 ? 'point is' : 'points are'} fine, {points.open}{' '}
        {points.open === 1 ? 'is' : 'are'} decided in grading. This is no grade.
      </p>
    </>
  );
}

interface Item {
  readonly fine: boolean;
  readonly text: string;
}

function item(fine: boolean, done: string, open: string): Item {
  return { fine, text: fine ? done : open };
}

function TakeAlong({ shown }: { readonly shown: Shown }) {
  const left = useSignal<readonly string[]>([]);
  const name = lab.value?.id ?? 'lab';
  return (
    <div class="take">
      <p class="buttons">
        <button
          type="button"
          onClick={() => save('self-check.html', new Blob([shown.html], { type: 'text/html' }))}
        >
          Save this page
        </button>
        <button
          type="button"
          onClick={() =>
            save('self-check.json', new Blob([shown.json], { type: 'application/json' }))
          }
        >
          Save as JSON
        </button>
        {shown.check.problem === null && (
          <button
            type="button"
            class="main"
            onClick={async () => {
              const packed = await packedHandIn();
              if (packed === null) return;
              left.value = packed.left;
              const bytes = packed.bytes as Uint8Array<ArrayBuffer>;
              save(`${name}.zip`, new Blob([bytes], { type: 'application/zip' }));
            }}
          >
            Save a .zip to hand in
          </button>
        )}
      </p>
      {left.value.length > 0 && (
        <div role="status">
          <p>Not in the .zip:</p>
          <ul>
            {left.value.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Goes to the place in the report that a link of it names. The address of the report is not its own, so to the browser the
 * link would lead to the page around it.
 */
function goToPlace(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest('a[href^="#"]');
  const name = link?.getAttribute('href')?.slice(1) ?? '';
  const place = name === '' ? null : link?.ownerDocument.getElementById(name);
  if (place === null || place === undefined) return;
  event.preventDefault();
  place.closest('details')?.setAttribute('open', '');
  place.scrollIntoView();
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

/** The page of the command line, as it is: in a frame in which nothing runs. */
function Report({ html }: { readonly html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    let watch: ResizeObserver | null = null;
    const fit = (): void => {
      const root = element.contentDocument?.documentElement;
      if (root === undefined) return;
      const height = Math.ceil(root.getBoundingClientRect().height);
      element.style.height = `${height}px`;
    };
    const follow = (): void => {
      const body = element.contentDocument?.body;
      if (body === undefined) return;
      element.contentDocument?.addEventListener('click', goToPlace);
      watch = new ResizeObserver(fit);
      watch.observe(body);
      fit();
    };
    element.addEventListener('load', follow);
    return () => {
      element.removeEventListener('load', follow);
      watch?.disconnect();
    };
  }, [html]);
  return (
    <iframe
      ref={frame}
      class="report"
      title="The self-check page"
      sandbox="allow-same-origin allow-popups"
      srcdoc={html}
    />
  );
}
