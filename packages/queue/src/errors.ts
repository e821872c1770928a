import { errorCatalogue } from '@labproof/core';

/** The errors of working on many machines. */
export const queueErrors = errorCatalogue([
  {
    owner: 'instructor',
    area: 'Queue',
    codes: {
      'file-store-missing': {
        means: 'A file that a job needs is not in the store, or is damaged there.',
        fix: 'Give all sides the same `--files`.',
      },
      'queue-address-invalid': {
        means: 'The address of the queue has no known form.',
        fix: 'Write `redis://host:port/database`, `rediss://…` or `unix:/path`.',
      },
      'queue-lab-unknown': {
        means: 'No worker knows this lab in this version.',
        fix: 'Give workers the same version and `--labs`.',
      },
      'queue-no-other-worker': {
        means: 'A result needs a second worker and there is none.',
        fix: 'Start another.',
      },
      'queue-no-trainer': {
        means: 'Workers do not train the recipes that students state.',
        fix: 'Grade this class on one machine.',
      },
      'queue-other-data': {
        means: 'A worker has other data under the same name.',
        fix: 'Add the same data on both with `labproof datasets add`.',
      },
      'queue-unreachable': {
        means: 'Redis does not answer or refuses the account.',
        fix: 'See that it runs and that this machine may reach it.',
      },
      'queue-worker-quarantined': {
        means: "This worker's results were not those of others.",
        fix: 'Test its memory, compare `labproof verify --digests`, then release it as the message says.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Queue',
    codes: {
      'file-store-unreachable': {
        means: 'The folder or bucket of files cannot be read or written.',
        fix: 'Check that it is mounted, writable and not full; or the endpoint and the account.',
      },
      'queue-job-ended-workers': {
        means: 'A job ended two workers, so it is not tried again.',
        fix: 'Run it alone, and look at the memory of the workers.',
      },
      'queue-job-failed': {
        means: 'A fault of ours stopped a job.',
        fix: 'Run the command again, and report it if it comes back.',
      },
      'queue-trial-not-reproducible': {
        means: 'A trial came out in three ways on the workers.',
        fix: 'Compare `labproof verify --digests`, take away machines that differ.',
      },
    },
  },
]);

export const queueError: typeof queueErrors.error = queueErrors.error;
