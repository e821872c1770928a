/* The threads of the system under one roof: POSIX's, those of Windows, or workers that share a WebAssembly memory. */
#ifndef LABPROOF_THREADS_SYSTEM_H
#define LABPROOF_THREADS_SYSTEM_H

#if defined(_WIN32)

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef SRWLOCK system_lock;
typedef CONDITION_VARIABLE system_bell;
typedef HANDLE system_thread;
#define THREAD_BODY(name, argument) static DWORD WINAPI name(LPVOID argument)
#define THREAD_END 0

static inline void lock_init(system_lock *lock) { InitializeSRWLock(lock); }
static inline void lock_free(system_lock *lock) { (void)lock; }
static inline void lock_take(system_lock *lock) { AcquireSRWLockExclusive(lock); }
static inline void lock_leave(system_lock *lock) { ReleaseSRWLockExclusive(lock); }
static inline void bell_init(system_bell *bell) { InitializeConditionVariable(bell); }
static inline void bell_free(system_bell *bell) { (void)bell; }
static inline void bell_wait(system_bell *bell, system_lock *lock) {
  SleepConditionVariableSRW(bell, lock, INFINITE, 0);
}
static inline void bell_ring(system_bell *bell) { WakeAllConditionVariable(bell); }
static inline int thread_start(system_thread *thread, LPTHREAD_START_ROUTINE body, void *argument,
                               size_t stack) {
  *thread = CreateThread(NULL, stack, body, argument, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  return *thread != NULL;
}
static inline void thread_join(system_thread thread) {
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

#elif defined(__wasm__)

#include <stddef.h>
#include <stdint.h>

/* Ulrich Drepper, "Futexes are tricky", the second mutex: 0 is free, 1 taken, 2 taken and somebody may wait. */
typedef int system_lock;
/* How often it was rung. */
typedef int system_bell;
typedef int system_thread;
typedef void *thread_body(void *argument);
#define THREAD_BODY(name, argument) static void *name(void *argument)
#define THREAD_END NULL
#define FOR_EVER (-1)

static inline void lock_init(system_lock *lock) { *lock = 0; }
static inline void lock_take(system_lock *lock) {
  int state = 0;
  if (__atomic_compare_exchange_n(lock, &state, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return;
  if (state != 2) state = __atomic_exchange_n(lock, 2, __ATOMIC_SEQ_CST);
  while (state != 0) {
    __builtin_wasm_memory_atomic_wait32(lock, 2, FOR_EVER);
    state = __atomic_exchange_n(lock, 2, __ATOMIC_SEQ_CST);
  }
}
static inline void lock_leave(system_lock *lock) {
  if (__atomic_exchange_n(lock, 0, __ATOMIC_SEQ_CST) == 2) {
    __builtin_wasm_memory_atomic_notify(lock, 1);
  }
}
static inline void bell_init(system_bell *bell) { *bell = 0; }
static inline void bell_wait(system_bell *bell, system_lock *lock) {
  const int rung = __atomic_load_n(bell, __ATOMIC_SEQ_CST);
  lock_leave(lock);
  __builtin_wasm_memory_atomic_wait32(bell, rung, FOR_EVER);
  lock_take(lock);
}
static inline void bell_ring(system_bell *bell) {
  __atomic_fetch_add(bell, 1, __ATOMIC_SEQ_CST);
  __builtin_wasm_memory_atomic_notify(bell, UINT32_MAX);
}

/* A worker whose instance is to call `enter`; 0 where there is none. */
__attribute__((import_module("threads"), import_name("start"))) int start_worker(thread_body *body,
                                                                                 void *argument);
static inline int thread_start(system_thread *thread, thread_body *body, void *argument,
                               size_t stack) {
  (void)stack;
  *thread = 0;
  return start_worker(body, argument);
}
/* It has left the memory alone as soon as it has seen that the pool is stopped. */
static inline void thread_join(system_thread thread) { (void)thread; }

#else

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

typedef pthread_mutex_t system_lock;
typedef pthread_cond_t system_bell;
typedef pthread_t system_thread;
#define THREAD_BODY(name, argument) static void *name(void *argument)
#define THREAD_END NULL

static inline void lock_init(system_lock *lock) { pthread_mutex_init(lock, NULL); }
static inline void lock_free(system_lock *lock) { pthread_mutex_destroy(lock); }
static inline void lock_take(system_lock *lock) { pthread_mutex_lock(lock); }
static inline void lock_leave(system_lock *lock) { pthread_mutex_unlock(lock); }
static inline void bell_init(system_bell *bell) { pthread_cond_init(bell, NULL); }
static inline void bell_free(system_bell *bell) { pthread_cond_destroy(bell); }
static inline void bell_wait(system_bell *bell, system_lock *lock) {
  pthread_cond_wait(bell, lock);
}
static inline void bell_ring(system_bell *bell) { pthread_cond_broadcast(bell); }

/* Signals are for the threads of Node.js. */
static inline int thread_start(system_thread *thread, void *(*body)(void *), void *argument,
                               size_t stack) {
  sigset_t all, before;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return 0;
  pthread_attr_setstacksize(&attributes, stack);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int started = pthread_create(thread, &attributes, body, argument) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return started;
}
static inline void thread_join(system_thread thread) { pthread_join(thread, NULL); }

#endif

#endif
