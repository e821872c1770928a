/* Whether a call is worth sharing, and in how many parts. */
#ifndef LABPROOF_THREADS_SHARING_H
#define LABPROOF_THREADS_SHARING_H

#include <stddef.h>
#include <stdint.h>

#include "threads/pool.h"

struct kernels;

/* The kernels of a level, and who shares their work: nobody where there is no pool. */
struct engine {
  const struct kernels *kernels;
  struct pool *pool;
  /* The work, in the unit of splits.ts, that a part is to have at least: its size alone decides, and no clock. */
  double leastWork;
};

/* Where parts cost next to nothing more, each thread may get some, so that one that is kept waiting leaves its second. */
#define SLICES_A_THREAD 2

static inline uint32_t parts_of(const struct engine *engine, double work, uint32_t aThread) {
  if (engine->pool == NULL) return 1;
  const double most = (double)pool_threads(engine->pool) * (double)aThread;
  const double wanted = work / engine->leastWork;
  return most < 2 || wanted < 2 ? 1 : (uint32_t)(wanted < most ? wanted : most);
}

#endif
