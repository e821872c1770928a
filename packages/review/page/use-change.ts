import { useEffect, useRef } from 'preact/hooks';

/** Runs when a value has changed, and not when the part appears: by then somebody may have typed into it. */
export function useChange(value: unknown, changed: () => void): void {
  const former = useRef(value);
  useEffect(() => {
    if (former.current === value) return;
    former.current = value;
    changed();
  }, [value]);
}
