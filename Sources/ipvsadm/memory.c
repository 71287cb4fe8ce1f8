// SPDX-License-Identifier: Apache-2.0
//
// Embedded Swift allocates all its memory with this function, and assumes that it never fails. This version first
// gives the reserve up, which is there while the table changes. When that is not enough, it prints a message and ends
// the program.

#include <clinux.h>

static void *allocate(size_t alignment, size_t size) {
  return alignment <= _Alignof(max_align_t) ? malloc(size) : aligned_alloc(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  static bool is_spent;
  while ((*memory = allocate(alignment, size)) == NULL) {
    if (clinux_spend_reserve()) {
      is_spent = true;
      continue;
    }
    clinux_terminal_abandon();
    const char *message = is_spent ? "out of memory; what changed before stays\n" : "out of memory\n";
    if (write(STDERR_FILENO, message, strlen(message))) {} // nobody is left to report a failure to
    _exit(1);
  }
  return 0;
}
