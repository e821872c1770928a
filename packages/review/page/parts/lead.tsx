import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppealView, LeadView } from '../../src/server/protocol.ts';
import { get, post } from '../api.ts';
import { PlanForm } from './plan-form.tsx';
import { attempt, openQuestion, session } from '../store.ts';

/** What only the lead sees: what to decide, agreement, severity, drift, appeals. */
export function Lead() {
  const view = useSignal<LeadView | null>(null);
  const load = (): Promise<void> =>
    attempt(async () => {
      view.value = await get<LeadView>('lead');
    });
  useEffect(() => void load(), []);
  if (view.value === null) return <p class="wait">Reckoning …</p>;
  const { plan, items, points, readers, conflicts, doubts, appeals, releases } = view.value;
  return (
    <div class="lead-page">
      <section>
        <h2>To decide</h2>
        {conflicts.length + doubts.length === 0 && (
          <p>Nothing: no marks disagree, and nobody doubts.</p>
        )}
        <ul>
          {conflicts.map(({ id, question, marks }) => (
            <li key={id}>
              <Link question={question} answer={id} />:{' '}
              {marks.map(({ reader, points: given }) => `${reader} ${given}`).join(', ')}
            </li>
          ))}
          {doubts.map(({ id, question, reader, comment }) => (
            <li key={`${id}${reader}`}>
              <Link question={question} answer={id} />: {reader} doubts
              {comment !== '' && `: “${comment}”`}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Appeals</h2>
        {appeals.length === 0 && (
          <p>None. A student's appeal is a row of appeals.csv in the graded folder.</p>
        )}
        {appeals.map((appeal) => (
          <AppealForm key={appeal.id} appeal={appeal} done={load} />
        ))}
      </section>
      <section>
        <h2>Readers</h2>
        <div class="scroll" tabIndex={0} role="group" aria-label="Readers">
          <table>
            <thead>
              <tr>
                <th scope="col">Reader</th>
                <th scope="col">Done</th>
                <th scope="col">Left</th>
                <th scope="col">Severity</th>
                <th scope="col">Drift</th>
              </tr>
            </thead>
            <tbody>
              {readers.map(({ reader, given, left, n, severity, error, drift }) => (
                <tr key={reader}>
                  <th scope="row">{reader}</th>
                  <td>{given}</td>
                  <td>{left}</td>
                  <td>
                    {n === 0 || readers.length === 1
                      ? '–'
                      : `${signed(severity)}${error === null ? '' : ` ± ${percent(error)}`}`}
                  </td>
                  <td>{drift === null ? 'too few' : signed(drift)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="muted small">
          Severity: the mean share of the points that a reader gives, less that of all readers on
          the same questions, with its standard error; below 0 is stricter. Drift: the last third of
          a reader's marks against the first.
        </p>
      </section>
      {plan !== null && (
        <section>
          <h2>Who reads what</h2>
          <PlanForm key={JSON.stringify(plan)} plan={plan} done={load} />
        </section>
      )}
      <section>
        <h2>Agreement</h2>
        {points === null ? (
          <p>No answer was marked twice yet.</p>
        ) : (
          <>
            <p>
              The same points on {points.same} of {points.n} answers that two have marked:{' '}
              {percent(points.same / points.n)} (95 %: {percent(points.interval[0])} to{' '}
              {percent(points.interval[1])}).
            </p>
            <div class="scroll" tabIndex={0} role="group" aria-label="Agreement by item">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Question</th>
                    <th scope="col">Item</th>
                    <th scope="col">Answers</th>
                    <th scope="col">Agreed</th>
                    <th scope="col">Cohen's kappa</th>
                    <th scope="col">95 % interval</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ question, item, concept, agreement }) => (
                    <tr key={`${question}${item}`}>
                      <td>{numberOf(question)}</td>
                      <th scope="row">{concept}</th>
                      <td>{agreement.n}</td>
                      <td>{percent(agreement.observed)}</td>
                      <td>{agreement.kappa === null ? 'all alike' : agreement.kappa.toFixed(2)}</td>
                      <td>
                        {agreement.interval === null
                          ? '–'
                          : `${agreement.interval[0].toFixed(2)} to ${agreement.interval[1].toFixed(2)}`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </section>
      <section>
        <h2>Releases</h2>
        {releases.length === 0 && <p>None yet: “labproof release” freezes what students get.</p>}
        <ul>
          {releases.map(({ version, digest, students }) => (
            <li key={version}>
              Version {version}: {students === 1 ? '1 student' : `${students} students`},{' '}
              <code>{digest.slice(0, 16)}</code>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Link({ question, answer }: { question: string; answer: string }) {
  return (
    <button
      type="button"
      class="link"
      onClick={() => void attempt(() => openQuestion(question, answer))}
    >
      Question {numberOf(question)}, answer {answer.slice(0, 4)}
    </button>
  );
}

function AppealForm({ appeal, done }: { appeal: AppealView; done: () => Promise<void> }) {
  const reason = useSignal('');
  const decide = (outcome: 'changed' | 'kept'): void =>
    void attempt(async () => {
      await post('appeal', { appeal: appeal.id, outcome, reason: reason.value });
      await done();
    });
  const id = `reason-${appeal.id}`;
  return (
    <div class="appeal">
      <p>
        <Link question={appeal.question} answer={appeal.answer} />
        {appeal.item !== null && <> about “{appeal.item}”</>}: {appeal.text}
      </p>
      {appeal.decision !== null ? (
        <p>
          {appeal.decision.words}: {appeal.decision.reason}
        </p>
      ) : (
        <>
          <p class="small">
            {appeal.before === appeal.after
              ? `${told(appeal.after)}, as when the student appealed. If that changes, open the answer and mark it first.`
              : `${told(appeal.before)} when the student appealed, ${appeal.after === null ? 'and no mark stands' : `and it is ${appeal.after}`} now.`}
          </p>
          <label for={id}>Reason, which the student reads</label>
          <textarea
            id={id}
            rows={2}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
          <div class="bar-line">
            <button
              type="button"
              disabled={reason.value.trim() === ''}
              onClick={() => decide('changed')}
            >
              The mark was changed
            </button>
            <button
              type="button"
              disabled={reason.value.trim() === ''}
              onClick={() => decide('kept')}
            >
              The mark stays
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function told(points: number | null): string {
  return points === null ? 'No mark' : `Marked with ${points}`;
}

function numberOf(question: string): number | string {
  return session.value?.questions.find(({ id }) => id === question)?.number ?? question;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function signed(share: number): string {
  const size = percent(Math.abs(share));
  return size === percent(0) ? size : `${share > 0 ? '+' : '−'}${size}`;
}
