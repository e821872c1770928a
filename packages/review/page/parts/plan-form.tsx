import { useSignal } from '@preact/signals';
import type { PlanBody, PlanPreview, PlanView } from '../../src/server/protocol.ts';
import { post } from '../api.ts';
import { attempt, refresh } from '../store.ts';
import { numberIn } from '../number-field.ts';

/** Who reads what: a tick for a reader and a question. A change is shown with what it moves before it is made. */
export function PlanForm({ plan, done }: { plan: PlanView; done: () => Promise<void> }) {
  const body = useSignal<PlanBody>({
    questions: Object.fromEntries(plan.questions.map(({ id, readers }) => [id, readers])),
    twice: plan.twice,
  });
  // As it is typed: "2." is on its way to a number.
  const typed = useSignal(String(Math.round(plan.twice * 1e4) / 100));
  const preview = useSignal<PlanPreview | null>(null);
  const change = (next: Partial<PlanBody>): void => {
    body.value = { ...body.value, ...next };
    preview.value = null;
  };
  const ticked = (question: string, reader: string): boolean =>
    body.value.questions[question]?.includes(reader) === true;
  const tick = (question: string, reader: string, on: boolean): void => {
    const others = (body.value.questions[question] ?? []).filter((name) => name !== reader);
    change({
      questions: { ...body.value.questions, [question]: on ? [...others, reader] : others },
    });
  };
  const nobody = plan.questions.filter(({ id }) => (body.value.questions[id] ?? []).length === 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => {
          if (preview.value === null) {
            preview.value = await post<PlanPreview>('plan/preview', body.value);
            return;
          }
          await post('plan', body.value);
          await refresh(true);
          await done();
        });
      }}
    >
      <p class="muted small">
        Who has a tick at a question shares its answers with the others who have one, in equal parts
        drawn by lot. What somebody has marked stays theirs.{' '}
        {plan.chosen ? 'Chosen here.' : 'As the file of the team says.'}
      </p>
      <div class="scroll" tabIndex={0} role="group" aria-label="Who reads what">
        <table class="plan">
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Answers</th>
              {plan.readers.map((reader) => (
                <th key={reader} scope="col">
                  {reader}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.questions.map(({ id, number, title, answers }) => (
              <tr key={id}>
                <th scope="row">
                  {number}. {title}
                </th>
                <td class="num">{answers}</td>
                {plan.readers.map((reader) => (
                  <td key={reader}>
                    <input
                      type="checkbox"
                      aria-label={`${reader} reads question ${number}`}
                      checked={ticked(id, reader)}
                      onChange={(event) => tick(id, reader, event.currentTarget.checked)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <label for="twice">Answers that two read without knowing, in percent</label>
      <input
        id="twice"
        type="text"
        inputMode="decimal"
        required
        maxLength={20}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          change({ twice: numberIn(event.currentTarget, [0, 100]) / 100 });
        }}
      />
      <p role="status">
        {nobody.length > 0
          ? `Nobody reads question ${nobody.map(({ number }) => number).join(', ')}.`
          : preview.value !== null && movesIn(preview.value)}
      </p>
      <button type="submit" class="main" disabled={nobody.length > 0}>
        {preview.value === null ? 'What would change?' : 'Deal the answers like this'}
      </button>
    </form>
  );
}

function movesIn({ moves, left }: PlanPreview): string {
  const each = left.map(({ reader, before, after }) =>
    before === after ? `${reader} ${after}` : `${reader} ${before} → ${after}`,
  );
  const what =
    moves === 0
      ? 'No open answer changes hands'
      : moves === 1
        ? '1 open answer goes to another reader'
        : `${moves} open answers go to other readers`;
  return `${what}. Open answers of each: ${each.join(', ')}.`;
}
