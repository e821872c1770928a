import { describeCuda, describeEngines } from '@labproof/core';
import type { Finding } from './finding.ts';

/** Which engines there are and at which levels; `chosen` is the environment's LABPROOF_KERNEL_LEVEL. */
export async function engineFindings(chosen: string | undefined): Promise<Finding[]> {
  return (await describeEngines()).map(
    ({ engine, available, levels, origin, reason, fix }): Finding => {
      const subject = `engine ${engine}`;
      const from = origin === null ? '' : ` (${origin}${reason === null ? '' : `; ${reason}`})`;
      const found = `${levels.join(', ')}${available ? from : ''}`;
      if (engine === 'native' && available && chosen && !levels.includes(chosen)) {
        return {
          subject,
          ok: false,
          // The engine `auto` stops at it too.
          required: true,
          message: `${found}; LABPROOF_KERNEL_LEVEL asks for "${chosen}", which is none of them`,
          fix: `unset LABPROOF_KERNEL_LEVEL, or export LABPROOF_KERNEL_LEVEL=${levels[0]}`,
        };
      }
      return {
        subject,
        ok: available,
        // Either engine alone gives every result; wasm is the one that is always shipped.
        required: engine === 'wasm',
        message: available ? found : (reason ?? 'not available'),
        fix,
      };
    },
  );
}

/** Whether there is a GPU whose bits are those of the other engines; one quiet line where there is none. */
export async function cudaEngineFinding(): Promise<Finding> {
  const { available, message, fix } = await describeCuda();
  return { subject: 'engine cuda', ok: available, required: false, message, fix };
}
