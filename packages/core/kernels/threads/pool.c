/*
 * Threads that share calls. They start with the first call that is worth it and stay until the engine is
 * closed. Parts are dealt out one at a time: a thread that the system keeps waiting takes fewer, and one that has not
 * woken up takes none, so nobody waits for it.
 */

/* Signals and threads are POSIX's and not C's: some C libraries show them only to who asks. */
#define _POSIX_C_SOURCE 200809L

#include "threads/pool.h"

#include "threads/pool-state.h"
#include "threads/system.h"

/* What the widest convolution keeps on its stack, with room to spare; musl would give 128 KiB. */
#define STACK_BYTES (8u << 20)

/* Looks at the next call before a thread goes to sleep: some tens of microseconds, about as long as waking it takes. */
#if defined(__wasm__)
#define LOOKS 20000
#else
#define LOOKS 2000
#endif

static void breathe(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void do_parts(struct pool *pool, part_function *work, const void *call, uint32_t parts) {
  for (;;) {
    const uint32_t part = __atomic_fetch_add(&pool->next, 1, __ATOMIC_RELAXED);
    if (part >= parts) return;
    work(call, part, parts);
  }
}

THREAD_BODY(work_along, argument) {
  struct pool *pool = argument;
  uint32_t seen = 0;
  lock_take(&pool->lock);
  while (!pool->stopped) {
    if (pool->open && pool->number != seen) {
      part_function *work = pool->work;
      const void *call = pool->call;
      const uint32_t parts = pool->parts;
      seen = pool->number;
      pool->active++;
      lock_leave(&pool->lock);
      do_parts(pool, work, call, parts);
      lock_take(&pool->lock);
      if (--pool->active == 0) bell_ring(&pool->ended);
      lock_leave(&pool->lock);
      for (int look = 0; look < LOOKS; look++) {
        if (__atomic_load_n(&pool->number, __ATOMIC_RELAXED) != seen) break;
        breathe();
      }
      lock_take(&pool->lock);
    } else {
      bell_wait(&pool->begun, &pool->lock);
    }
  }
  lock_leave(&pool->lock);
  return THREAD_END;
}

void pool_begin(struct pool *pool, uint32_t threads) {
  pool->wanted = threads;
  lock_init(&pool->lock);
  bell_init(&pool->begun);
  bell_init(&pool->ended);
}

/* As many as the system gives: fewer make it slower and nothing else. */
static void start_threads(struct pool *pool) {
  pool->tried = 1;
  while (pool->count < pool->wanted - 1 &&
         thread_start(&pool->started[pool->count], work_along, pool, STACK_BYTES)) {
    pool->count++;
  }
}

uint32_t pool_threads(const struct pool *pool) { return pool->stopped ? 1 : pool->wanted; }

void pool_run(struct pool *pool, part_function *work, const void *call, uint32_t parts) {
  if (!pool->tried) start_threads(pool);
  lock_take(&pool->lock);
  pool->work = work;
  pool->call = call;
  pool->parts = parts;
  pool->open = 1;
  __atomic_store_n(&pool->next, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&pool->number, pool->number + 1, __ATOMIC_RELAXED);
  bell_ring(&pool->begun);
  lock_leave(&pool->lock);
  do_parts(pool, work, call, parts);
  /* Every part has somebody who does it; who comes now finds the call closed. */
  for (int look = 0; look < LOOKS && __atomic_load_n(&pool->active, __ATOMIC_RELAXED) > 0; look++) {
    breathe();
  }
  lock_take(&pool->lock);
  pool->open = 0;
  while (pool->active > 0) bell_wait(&pool->ended, &pool->lock);
  const int broken = pool->broken;
  lock_leave(&pool->lock);
  if (broken) __builtin_trap();
}

void pool_break(struct pool *pool) {
  lock_take(&pool->lock);
  pool->broken = 1;
  if (--pool->active == 0) bell_ring(&pool->ended);
  lock_leave(&pool->lock);
}

void pool_stop(struct pool *pool) {
  lock_take(&pool->lock);
  pool->stopped = 1;
  bell_ring(&pool->begun);
  lock_leave(&pool->lock);
  for (uint32_t i = 0; i < pool->count; i++) thread_join(pool->started[i]);
  pool->count = 0;
}
