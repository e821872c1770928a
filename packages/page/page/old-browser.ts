/** What is said in a browser that lacks what the page is written in. */
export const TOO_OLD =
  'This browser is too old for this page. A newer one can do it: Firefox 115, Chrome or Edge 110, Safari 16.4, or anything newer. You need no check to hand in.';

/** Whether the browser has the newest things that the page uses: workers that are modules, and ES2023. */
export function isTooOld(): boolean {
  return !('toSorted' in Array.prototype) || !startsModules();
}

/** A browser that knows modules as workers asks which type is wanted. */
function startsModules(): boolean {
  let isAsked = false;
  const options: WorkerOptions = {
    get type() {
      isAsked = true;
      return 'module' as const;
    },
  };
  const address = URL.createObjectURL(new Blob([], { type: 'text/javascript' }));
  try {
    new Worker(address, options).terminate();
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(address);
  }
  return isAsked;
}
