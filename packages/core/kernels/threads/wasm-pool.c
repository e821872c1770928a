/*
 * The pool of the WebAssembly engine, with which this source and the others are a module of their own. Its memory is shared:
 * each thread is an instance of the module in a worker of Node.js, with a stack of its own in that memory, and of the pool
 * and the engine there is one.
 */
#include <stddef.h>
#include <stdint.h>

#include "level.h"
#include "threads/pool-state.h"
#include "threads/range.h"
#include "threads/sharing.h"

#define EXPORT(name) __attribute__((export_name(#name)))

static struct pool pool;
static struct engine engine;

#include "wasm-glue.h"

/* So many threads share what is worth it: once, before any kernel is called. */
EXPORT(share) void share(uint32_t threads, double leastWork) {
  pool_begin(&pool, threads);
  engine = (struct engine){&kernels_simd128, &pool, leastWork};
}

/* What a started thread does, in its own instance. */
EXPORT(enter) void enter(thread_body *body, void *argument) { body(argument); }

/* And when it could not go on. */
EXPORT(abandon) void abandon(void) { pool_break(&pool); }

EXPORT(stop) void stop(void) { pool_stop(&pool); }
