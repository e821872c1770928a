/* POSIX's names besides C's, see pool.c. */
#define _POSIX_C_SOURCE 200809L

#include "threads/native-pool.h"

#include <stdlib.h>

#include "threads/pool-state.h"

struct pool *pool_new(uint32_t threads) {
  struct pool *pool = calloc(1, sizeof(struct pool));
  if (pool != NULL) pool_begin(pool, threads);
  return pool;
}

void pool_free(struct pool *pool) {
  pool_stop(pool);
  bell_free(&pool->ended);
  bell_free(&pool->begun);
  lock_free(&pool->lock);
  free(pool);
}
