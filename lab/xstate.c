// SPDX-License-Identifier: Apache-2.0
//
// user-mode-linux 6.1 knows 2696 bytes of processor state and passes exactly those to
// PTRACE_SETREGSET. A host whose processor has more (AMX: 11008) answers EFAULT, and the guest
// panics at its first process. lab/vm preloads this library into the guest kernel. It fills the
// rest with zeros, which is the initial state; a guest without AMX can have no other.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

typedef long (*ptrace_function)(int, pid_t, void *, void *);

static unsigned char state[64 * 1024] __attribute__((aligned(64)));

long ptrace(enum __ptrace_request request, ...) {
  static ptrace_function next;
  static size_t wanted;
  va_list arguments;
  va_start(arguments, request);
  pid_t pid = va_arg(arguments, pid_t);
  void *address = va_arg(arguments, void *);
  void *data = va_arg(arguments, void *);
  va_end(arguments);

  if (next == NULL) next = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");
  if (request != PTRACE_SETREGSET || address != (void *)NT_X86_XSTATE)
    return next((int)request, pid, address, data);

  const struct iovec *given = data;
  if (wanted == 0) {
    struct iovec all = {state, sizeof state};
    if (next(PTRACE_GETREGSET, pid, address, &all) == 0) wanted = all.iov_len;
    memset(state, 0, sizeof state);
  }
  if (given->iov_len >= wanted) return next((int)request, pid, address, data);
  memcpy(state, given->iov_base, given->iov_len);
  struct iovec whole = {state, wanted};
  return next((int)request, pid, address, &whole);
}
