/*
 * The Node-API addon: finds out what the processor can do and hands each level's kernels to JavaScript.
 * Pointers come and go as JavaScript numbers; everything that could be checked is checked on the other side.
 */
#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>

#include "cpu.h"
#include "cuda/device.h"
#include "threads/native-pool.h"
#include "threads/range.h"
#include "threads/sharing.h"

struct entry {
  const char *name;
  napi_callback call;
};

struct level {
  const char *name;
  int (*supported)(void);
  /* Without threads. */
  struct engine engine;
};

#define MOST_ARGUMENTS 16

static void *address(double value) { return (void *)(uintptr_t)value; }

static napi_value number(napi_env env, uint32_t value) {
  napi_value result = NULL;
  napi_create_uint32(env, value, &result);
  return result;
}

/* Reads exactly `count` numbers; otherwise throws and returns NULL. */
static const struct engine *arguments(napi_env env, napi_callback_info info, double *values,
                                      size_t count) {
  napi_value given[MOST_ARGUMENTS];
  size_t length = MOST_ARGUMENTS;
  void *engine = NULL;
  if (napi_get_cb_info(env, info, &length, given, NULL, &engine) != napi_ok) return NULL;
  int good = length == count;
  for (size_t i = 0; good && i < count; i++) {
    good = napi_get_value_double(env, given[i], &values[i]) == napi_ok;
  }
  if (good) return engine;
  napi_throw_type_error(env, NULL, "A kernel was called with a wrong number or type of arguments");
  return NULL;
}

#include "glue.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The address of an ArrayBuffer's first byte. */
static napi_value address_of(napi_env env, napi_callback_info info) {
  napi_value buffer = NULL;
  napi_value result = NULL;
  size_t count = 1;
  size_t byteLength = 0;
  void *data = NULL;
  napi_get_cb_info(env, info, &count, &buffer, NULL, NULL);
  if (napi_get_arraybuffer_info(env, buffer, &data, &byteLength) != napi_ok) {
    napi_throw_type_error(env, NULL, "An ArrayBuffer was expected");
    return NULL;
  }
  napi_create_double(env, (double)(uintptr_t)data, &result);
  return result;
}

static napi_value functions_of(napi_env env, const struct engine *engine) {
  napi_value functions = NULL;
  napi_create_object(env, &functions);
  for (size_t i = 0; i < COUNT(entries); i++) {
    napi_value function = NULL;
    napi_create_function(env, entries[i].name, NAPI_AUTO_LENGTH, entries[i].call, (void *)engine,
                         &function);
    napi_set_named_property(env, functions, entries[i].name, function);
  }
  return functions;
}

/* The end of an engine's threads: at its close(). */
static napi_value close_engine(napi_env env, napi_callback_info info) {
  void *engine = NULL;
  napi_get_cb_info(env, info, NULL, NULL, NULL, &engine);
  pool_stop(((struct engine *)engine)->pool);
  return NULL;
}

/* Or when nobody has its functions any more. The environment may have ended before. */
static void abandon_engine(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  struct engine *engine = data;
  if (engine->pool != NULL) pool_stop(engine->pool);
}

/* Or at the end of the environment. The few bytes of the engine itself stay: functions of JavaScript point to them. */
static void end_engine(void *data) {
  struct engine *engine = data;
  pool_free(engine->pool);
  engine->pool = NULL;
}

/*
 * shared(level, threads, leastWork): the kernels of a level that the processor has, on so many threads, with close().
 * The checks are on the other side.
 */
static napi_value shared(napi_env env, napi_callback_info info) {
  napi_value given[3];
  size_t length = 3;
  double number[3];
  napi_get_cb_info(env, info, &length, given, NULL, NULL);
  for (size_t i = 0; i < 3; i++) {
    if (length != 3 || napi_get_value_double(env, given[i], &number[i]) != napi_ok) {
      napi_throw_type_error(env, NULL, "Three numbers were expected");
      return NULL;
    }
  }
  struct engine *engine = calloc(1, sizeof(struct engine));
  struct pool *pool = pool_new((uint32_t)number[1]);
  if (engine == NULL || pool == NULL) {
    free(engine);
    free(pool);
    napi_throw_error(env, NULL, "There is no memory for threads");
    return NULL;
  }
  *engine = (struct engine){levels[(size_t)number[0]].engine.kernels, pool, number[2]};
  napi_value functions = functions_of(env, engine);
  napi_value close = NULL;
  napi_create_function(env, "close", NAPI_AUTO_LENGTH, close_engine, engine, &close);
  napi_set_named_property(env, functions, "close", close);
  napi_add_finalizer(env, functions, engine, abandon_engine, NULL, NULL);
  napi_add_env_cleanup_hook(env, end_engine, engine);
  return functions;
}

/*
 * exports.levels: the kernels of each level, best first, or null where the processor lacks it.
 * exports.interface: the signatures that they were built with. exports.shared: a level's kernels on several threads.
 */
NAPI_MODULE_INIT() {
  napi_value byLevel = NULL;
  napi_value function = NULL;
  napi_value text = NULL;
  napi_create_object(env, &byLevel);
  for (size_t i = 0; i < COUNT(levels); i++) {
    napi_value functions = NULL;
    if (levels[i].supported()) {
      functions = functions_of(env, &levels[i].engine);
    } else {
      napi_get_null(env, &functions);
    }
    napi_set_named_property(env, byLevel, levels[i].name, functions);
  }
  napi_set_named_property(env, exports, "levels", byLevel);
  napi_create_string_utf8(env, interface, sizeof(interface) - 1, &text);
  napi_set_named_property(env, exports, "interface", text);
  napi_create_function(env, "addressOf", NAPI_AUTO_LENGTH, address_of, NULL, &function);
  napi_set_named_property(env, exports, "addressOf", function);
  napi_create_function(env, "shared", NAPI_AUTO_LENGTH, shared, NULL, &function);
  napi_set_named_property(env, exports, "shared", function);
  register_cuda(env, exports);
  return exports;
}
