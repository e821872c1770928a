import { type CheckKind, CheckKinds } from '@labproof/lab';
import { z } from 'zod';

/** A kind of which a reader of submissions knows what it needs, and nothing else. */
function kindNeeding(kind: string, needs: CheckKind['needs']): CheckKind {
  return {
    kind,
    spec: z.strictObject({ kind: z.literal(kind), points: z.number() }),
    needs,
    judgesAnyNetwork: false,
    answeredByCode: null,
    selfCheck: 'same',
    issues: () => [],
  };
}

/** The kinds of the test lab that ask for more than words. */
export const kinds: CheckKinds = new CheckKinds([
  kindNeeding('plot', ['pictures']),
  kindNeeding('playground-claim', ['playground']),
]);
