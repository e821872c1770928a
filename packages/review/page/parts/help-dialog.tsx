import { KEYS } from '../keys.ts';
import { keysOn, setKeys } from '../store.ts';
import { Modal } from './modal.tsx';

export function HelpDialog() {
  return (
    <Modal title="Keys">
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check-line">
        <input
          type="checkbox"
          checked={keysOn.value}
          onChange={(event) => setKeys(event.currentTarget.checked)}
        />
        Single keys do something
      </label>
    </Modal>
  );
}
