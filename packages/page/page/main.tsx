import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { droppedFiles } from './chosen.ts';
import { stayInFolder } from './folder.ts';
import { isTooOld, TOO_OLD } from './old-browser.ts';
import { Choose } from './parts/choose.tsx';
import { Foot } from './parts/foot.tsx';
import { Playgrounds } from './parts/playground.tsx';
import { Result } from './parts/result.tsx';
import { Progress } from './parts/progress.tsx';
import {
  arrived,
  check,
  failed,
  fault,
  handIn,
  lab,
  limits,
  loading,
  notice,
  offline,
  reasonOf,
  site,
  start,
} from './store.ts';

stayInFolder();

function Page() {
  useEffect(listenToDrops, []);
  const { title = 'Self-check' } = lab.value ?? {};
  return (
    <>
      <header class="sheet head">
        <p class="eyebrow">Self-check, before you hand in</p>
        <h1>{title}</h1>
        <p class="privacy">
          Your files stay on this computer: they are looked over in this page, and nothing is sent
          anywhere.
        </p>
      </header>
      <main id="main" class="sheet" tabIndex={-1}>
        {fault.value !== null && (
          <div class="callout broken" role="alert">
            <p>{fault.value}</p>
          </div>
        )}
        {limits.value.map((text) => (
          <div key={text} class="callout refused" role="alert">
            <p>{text}</p>
          </div>
        ))}
        {fault.value === null && <Choose />}
        {fault.value === null && (
          <p class="loading muted" role="status">
            {loading.value ??
              (offline.value
                ? 'Everything is loaded. Nothing more is asked for, and you may go offline.'
                : 'Everything is loaded.')}
          </p>
        )}
        {loading.value !== null && <Arriving />}
        <p class="notice" role="status" aria-live="polite">
          {notice.value}
        </p>
        <Progress />
        <Result />
        {handIn.value === null && <Explain />}
        <Playgrounds />
      </main>
      <Foot />
    </>
  );
}

/** How many files of test images are here. */
function Arriving() {
  const files = (site.value?.datasets ?? []).reduce(
    (sum, { pieces }) => sum + pieces.length + 1,
    0,
  );
  if (files === 0) return null;
  return <progress aria-label="Test images" max={files} value={arrived.value.size} />;
}

function Explain() {
  return (
    <section aria-labelledby="explain">
      <h2 id="explain">What you learn here</h2>
      <ul>
        <li>which of your files were found, and to which question or model each was matched;</li>
        <li>what is missing, what cannot be read, and how to mend it;</li>
        <li>
          what your models reach on the test images, and whether your statements agree with it.
        </li>
      </ul>
      <p>
        It is no grade. In grading a person reads your written answers, and models may be tried on
        images that are not here.
      </p>
    </section>
  );
}

/** Anything may be dropped anywhere. */
function listenToDrops(): () => void {
  const over = (event: DragEvent): void => {
    event.preventDefault();
    document.body.classList.add('dropping');
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    if (event.dataTransfer === null) return;
    void droppedFiles(event.dataTransfer).then(
      async (chosen) => {
        if (chosen !== null) await check(chosen);
      },
      (error: unknown) => {
        notice.value = `What you dropped could not be read: ${reasonOf(error)}. Choose it with a button instead.`;
      },
    );
  };
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', leave);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('dragleave', leave);
    document.removeEventListener('drop', drop);
  };
}

const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  render(<Page />, place);
}
if (isTooOld()) fault.value = TOO_OLD;
else start(import.meta.url).catch(failed);
