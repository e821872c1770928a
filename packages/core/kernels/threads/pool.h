/* Threads that wait for work between calls: those of the system natively, Node's worker threads where it is WebAssembly. */
#ifndef LABPROOF_THREADS_POOL_H
#define LABPROOF_THREADS_POOL_H

#include <stdint.h>

struct pool;

/* Does one of the parts that a call is cut into. */
typedef void part_function(const void *call, uint32_t part, uint32_t parts);

/* How many threads work at a call, the caller's own among them. */
uint32_t pool_threads(const struct pool *pool);

/* Does all parts, several at the same time and in any order, and returns when they are done. One caller at a time. */
void pool_run(struct pool *pool, part_function *work, const void *call, uint32_t parts);

#endif
