/* What a pool is made of: for those who make one, be it in the memory of a process or in that of a WebAssembly module. */
#ifndef LABPROOF_THREADS_POOL_STATE_H
#define LABPROOF_THREADS_POOL_STATE_H

#include <stdint.h>

#include "threads/pool.h"
#include "threads/system.h"

/* As in workers/cores.ts: more help nobody. */
#define MOST_THREADS 128

struct pool {
  system_lock lock;
  system_bell begun, ended;
  system_thread started[MOST_THREADS - 1];
  uint32_t wanted, count;
  int tried;
  /* Under the lock: the call that is open, and how many threads are at it. */
  part_function *work;
  const void *call;
  uint32_t parts, active;
  int open, stopped, broken;
  /* Read without it: the number of the call, and the part that is next. */
  uint32_t number, next;
};

/* Makes zeroed memory a pool of so many threads, 2 to MOST_THREADS, the caller's among them; none is started yet. */
void pool_begin(struct pool *pool, uint32_t threads);

/* Ends the threads. Calls after that are done by the caller alone. */
void pool_stop(struct pool *pool);

/* Says in the place of a thread that died at its part that this part will never be done. */
void pool_break(struct pool *pool);

#endif
