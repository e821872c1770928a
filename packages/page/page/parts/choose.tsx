import { useRef } from 'preact/hooks';
import { fromFiles, fromText } from '../chosen.ts';
import { check, checkAgain, handIn, startOver, step, stop } from '../store.ts';
import { useSignal } from '@preact/signals';

/** Where files come in: by dropping, by two dialogs, by pasting. */
export function Choose() {
  const folder = useRef<HTMLInputElement>(null);
  // A button that goes when it is pressed leaves the keyboard where one begins.
  const begin = useRef<HTMLButtonElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const pasting = useSignal(false);
  const take = (input: HTMLInputElement): void => {
    const chosen = fromFiles([...(input.files ?? [])]);
    // The same choice again is a choice.
    input.value = '';
    if (chosen !== null) void check(chosen);
  };
  return (
    <section class="drop" aria-label="Your hand-in">
      <p class="call">
        <b>Drop your folder, your .zip or your files here</b>
      </p>
      <p class="buttons">
        <button ref={begin} type="button" class="main" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
        <button type="button" onClick={() => files.current?.click()}>
          Choose files or a .zip
        </button>
        <button
          type="button"
          aria-expanded={pasting.value}
          onClick={() => {
            pasting.value = !pasting.value;
          }}
        >
          Paste a notebook
        </button>
      </p>
      <input
        ref={folder}
        id="folder"
        type="file"
        hidden
        aria-label="A folder"
        onChange={(event) => take(event.currentTarget)}
        {...{ webkitdirectory: true }}
      />
      <input
        ref={files}
        id="files"
        type="file"
        hidden
        multiple
        aria-label="Files"
        onChange={(event) => take(event.currentTarget)}
      />
      {pasting.value && (
        <Paste
          onDone={() => {
            pasting.value = false;
            begin.current?.focus();
          }}
        />
      )}
      {handIn.value !== null && (
        <Chosen
          onStartOver={() => {
            startOver();
            begin.current?.focus();
          }}
        />
      )}
    </section>
  );
}

function Paste({ onDone }: { readonly onDone: () => void }) {
  const text = useSignal('');
  return (
    <div class="paste">
      <label for="pasted">The text of a notebook (.ipynb) or of your answers</label>
      <textarea
        id="pasted"
        rows={6}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <p>
        <button
          type="button"
          class="main"
          disabled={text.value.trim() === ''}
          onClick={() => {
            onDone();
            void check(fromText(text.value));
          }}
        >
          Look it over
        </button>
      </p>
    </div>
  );
}

function Chosen({ onStartOver }: { readonly onStartOver: () => void }) {
  const { name = '', chosen = [] } = handIn.value ?? {};
  const count = chosen.filter(({ file }) => file !== null).length;
  const [only] = chosen;
  const files = `${count} ${count === 1 ? 'file' : 'files'}`;
  const what = name === '' ? (count === 1 ? (only?.path ?? files) : files) : name;
  return (
    <p class="chosen">
      <span>
        Chosen: <b>{what}</b>
        {name !== '' && what !== files && handIn.value?.kind === 'folder' && ` (${files})`}. What
        you drop now is added to it.
      </span>
      {step.value === null ? (
        <button type="button" onClick={() => void checkAgain()}>
          Check again
        </button>
      ) : (
        <button type="button" onClick={stop}>
          Stop
        </button>
      )}
      <button type="button" onClick={onStartOver}>
        Start over
      </button>
    </p>
  );
}
