import { render } from 'preact';
import { listenToKeys } from './keys.ts';
import { GroupDialog } from './parts/group-dialog.tsx';
import { HelpDialog } from './parts/help-dialog.tsx';
import { ItemsDialog } from './parts/items-dialog.tsx';
import { Lead } from './parts/lead.tsx';
import { Reading } from './parts/reading.tsx';
import { SearchDialog } from './parts/search-dialog.tsx';
import { Top } from './parts/top.tsx';
import {
  attempt,
  dialog,
  isShown,
  notice,
  problem,
  screen,
  session,
  start,
  unsaved,
} from './store.ts';

function Room() {
  return (
    <>
      {session.value !== null && <Top session={session.value} />}
      <main id="main" tabIndex={-1}>
        {session.value === null ? (
          problem.value === null && <p class="wait">Opening …</p>
        ) : screen.value === 'lead' ? (
          <Lead />
        ) : (
          <Reading />
        )}
        {(unsaved.value ?? problem.value) !== null && (
          <div class="problem" role="alert">
            {unsaved.value !== null && <b>The last mark was not saved. </b>}
            {unsaved.value ?? problem.value}
          </div>
        )}
      </main>
      <p class={isShown.value ? 'told' : 'hidden'} role="status">
        {notice.value}
      </p>
      {dialog.value === 'help' && <HelpDialog />}
      {dialog.value === 'search' && <SearchDialog />}
      {dialog.value === 'group' && <GroupDialog />}
      {dialog.value === 'items' && <ItemsDialog />}
    </>
  );
}

const place = document.getElementById('room');
if (place !== null) render(<Room />, place);
listenToKeys();
void attempt(start);
