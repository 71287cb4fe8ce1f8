// SPDX-License-Identifier: Apache-2.0
//
// Embedded Swift takes all its memory by this function, and goes on as if it always got some. Here the program ends
// with a word instead.

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

int posix_memalign(void **memory, size_t alignment, size_t size) {
  static const char message[] = "out of memory\n";
  *memory = alignment <= _Alignof(max_align_t) ? malloc(size) : aligned_alloc(alignment, size);
  if (*memory != NULL) return 0;
  if (write(STDERR_FILENO, message, sizeof message - 1)) {} // nobody is left to hear of a failure
  _exit(1);
}
