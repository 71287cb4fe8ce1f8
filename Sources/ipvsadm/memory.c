// SPDX-License-Identifier: Apache-2.0
//
// Embedded Swift allocates all its memory with this function, and assumes that it never fails. When it does fail,
// this version prints a message and ends the program.

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

int posix_memalign(void **memory, size_t alignment, size_t size) {
  static const char message[] = "out of memory\n";
  *memory = alignment <= _Alignof(max_align_t) ? malloc(size) : aligned_alloc(alignment, size);
  if (*memory != NULL) return 0;
  if (write(STDERR_FILENO, message, sizeof message - 1)) {} // nobody is left to report a failure to
  _exit(1);
}
