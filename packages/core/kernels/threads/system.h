/* The threads of the system under one roof: POSIX's, or those of Windows. */
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
