import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import {
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
  playgroundHash,
} from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import { FOLDER } from '../folder.ts';
import { lab, loading, site } from '../store.ts';
import type { PlaygroundJob, PlaygroundView } from '../worker/playground-worker.ts';
import { startWorker } from '../worker/start-worker.ts';

const NAMES: Readonly<Record<PlaygroundFeature, string>> = {
  x: 'x₁',
  y: 'x₂',
  xSquared: 'x₁²',
  ySquared: 'x₂²',
  xTimesY: 'x₁x₂',
  sinX: 'sin x₁',
  sinY: 'sin x₂',
};

export function Playgrounds() {
  const exercises = lab.value?.playgrounds ?? [];
  if (exercises.length === 0 || loading.value !== null) return null;
  return (
    <>
      {exercises.map((exercise) => (
        <Playground key={exercise.id} exercise={exercise} />
      ))}
    </>
  );
}

/** A playground question to try: the simulator that grading runs, with a picture while it learns. */
function Playground({ exercise }: { readonly exercise: PlaygroundExercise }) {
  const config = useSignal<PlaygroundConfig>(exercise.config);
  const layers = useSignal(exercise.config.networkShape.join(', '));
  const seed = useSignal(1);
  const view = useSignal<PlaygroundView | null>(null);
  const problem = useSignal<string | null>(null);
  const running = useSignal(false);
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);
  const set = (change: Partial<PlaygroundConfig>): void => {
    config.value = { ...config.value, ...change };
  };
  const start = async (): Promise<void> => {
    const shape = layers.value
      .split(/[\s,]+/u)
      .filter((text) => text !== '')
      .map(Number);
    const parsed = PlaygroundConfigSchema.safeParse({ ...config.value, networkShape: shape });
    if (!parsed.success) {
      problem.value =
        'These settings make no network: at least one input, at most six hidden layers of 1 to 8 neurons, a learning rate above 0.';
      return;
    }
    problem.value = null;
    config.value = parsed.data;
    running.value = true;
    if (worker.current === null) {
      const script = site.value?.assets.playgroundWorker ?? '';
      const made = startWorker(new URL(script, FOLDER).href);
      worker.current = made;
      await new Promise((resolve) => made.addEventListener('message', resolve, { once: true }));
      made.addEventListener('message', ({ data }: MessageEvent<PlaygroundView>) => {
        view.value = data;
        if (data.done) running.value = false;
      });
    }
    const job: PlaygroundJob = {
      config: parsed.data,
      seed: seed.value,
      epochs: exercise.epochs,
      target: exercise.target,
    };
    worker.current.postMessage(job);
  };
  const stop = (): void => {
    worker.current?.postMessage('stop');
    running.value = false;
  };
  const heading = `playground-${exercise.id}`;
  return (
    <section class="playground" aria-labelledby={heading}>
      <h2 id={heading}>{exercise.title}</h2>
      <p class="lead">
        Try a network on the {exercise.config.dataset} data before you write about it: a test loss
        below {exercise.target} within {exercise.epochs} epochs. It is the simulator that grading
        runs, from seeds 1, 2 and so on.
      </p>
      <div class="bench">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <fieldset>
            <legend>Inputs</legend>
            {PLAYGROUND_FEATURES.map((name) => (
              <label key={name} class="tick">
                <input
                  type="checkbox"
                  checked={config.value.features.includes(name)}
                  onChange={(event) =>
                    set({
                      features: event.currentTarget.checked
                        ? [...config.value.features, name]
                        : config.value.features.filter((other) => other !== name),
                    })
                  }
                />
                {NAMES[name]}
              </label>
            ))}
          </fieldset>
          <label>
            Neurons of each hidden layer
            <input
              type="text"
              value={layers.value}
              onInput={(event) => {
                layers.value = event.currentTarget.value;
              }}
            />
          </label>
          <label>
            Activation
            <select
              value={config.value.activation}
              onChange={(event) =>
                set({ activation: event.currentTarget.value as PlaygroundConfig['activation'] })
              }
            >
              {['relu', 'tanh', 'sigmoid', 'linear'].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <Numeric
            name="Learning rate"
            value={config.value.learningRate}
            onValue={(learningRate) => set({ learningRate })}
          />
          <Numeric
            name="Batch size"
            value={config.value.batchSize}
            onValue={(batchSize) => set({ batchSize })}
          />
          <Numeric
            name="Training data, percent"
            value={config.value.percTrainData}
            onValue={(percTrainData) => set({ percTrainData })}
          />
          <Numeric
            name="Seed"
            value={seed.value}
            onValue={(value) => {
              seed.value = value;
            }}
          />
          <p class="buttons">
            {running.value ? (
              <button type="button" class="main" onClick={stop}>
                Stop
              </button>
            ) : (
              <button type="submit" class="main">
                Train
              </button>
            )}
          </p>
        </form>
        <div class="view">
          {view.value !== null && (
            <>
              <div class="picture" dangerouslySetInnerHTML={{ __html: view.value.picture }} />
              <p class="num">
                Epoch {view.value.epoch}: test loss {shownLoss(view.value.testLoss)}, training loss{' '}
                {shownLoss(view.value.trainLoss)}
              </p>
            </>
          )}
          <p role="status">
            {problem.value}
            {view.value?.done === true &&
              (view.value.reached
                ? `Reached after ${view.value.epoch} epochs.`
                : `Not reached within ${view.value.epoch} epochs from this seed.`)}
          </p>
          {view.value !== null && (
            <label>
              To copy into your answer
              <input
                type="text"
                readOnly
                value={`https://playground.tensorflow.org/#${playgroundHash(config.value)}`}
              />
            </label>
          )}
        </div>
      </div>
    </section>
  );
}

function shownLoss(loss: number): string {
  return Number.isFinite(loss) ? loss.toFixed(4) : 'not a number';
}

function Numeric(props: {
  readonly name: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  return (
    <label>
      {props.name}
      <input
        type="text"
        inputMode="decimal"
        value={String(props.value)}
        onChange={(event) => props.onValue(Number(event.currentTarget.value))}
      />
    </label>
  );
}
