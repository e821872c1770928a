import { fault, kept, loading, site } from '../store.ts';

const KEPT = {
  kept: 'The page and its test images are kept by your browser and work without a network.',
  full: 'Your browser has no room to keep the test images: everything works, and they are loaded again the next time.',
  none: 'Your browser keeps nothing for this page: everything works, and it is loaded again the next time.',
} as const;

export function Foot() {
  return (
    <footer class="sheet foot">
      <p class="muted small">
        {loading.value === null && fault.value === null && KEPT[kept.value]}{' '}
        {site.value !== null && `Labproof ${site.value.labproof}.`}
      </p>
    </footer>
  );
}
