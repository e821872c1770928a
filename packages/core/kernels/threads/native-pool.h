/* Making and ending the native engine's pools. */
#ifndef LABPROOF_THREADS_NATIVE_POOL_H
#define LABPROOF_THREADS_NATIVE_POOL_H

#include <stdint.h>

struct pool;

/* A pool of so many threads, 2 to 128, the caller's among them; none is started yet. NULL without memory. */
struct pool *pool_new(uint32_t threads);

/* Ends the threads. Calls after that are done by the caller alone. */
void pool_stop(struct pool *pool);

void pool_free(struct pool *pool);

#endif
