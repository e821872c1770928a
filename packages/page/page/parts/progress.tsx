import { step } from '../store.ts';
import type { Step } from '../worker/protocol.ts';

const STEPS: readonly { readonly step: Step; readonly name: string }[] = [
  { step: 'open', name: 'Opening the files' },
  { step: 'read', name: 'Reading answers, models and pictures' },
  { step: 'load', name: 'Waiting for the test images' },
  { step: 'evaluate', name: 'Trying the models on the test images' },
  { step: 'report', name: 'Writing the page' },
];

/** The steps of a check, and where it is. */
export function Progress() {
  const current = step.value;
  if (current === null) return null;
  const at = STEPS.findIndex((candidate) => candidate.step === current.step);
  return (
    <section aria-label="Progress">
      <ol class="steps">
        {STEPS.map(({ step: id, name }, index) => (
          <li
            key={id}
            class={index < at ? 'done' : index === at ? 'now' : ''}
            aria-current={index === at ? 'step' : undefined}
          >
            {name}
            {index === at && (
              <progress
                aria-label={name}
                max={1}
                {...(current.share === null ? {} : { value: current.share })}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
