// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "clab.h"

#include <sched.h>
#include <sys/mman.h>

int clab_new_network(void) { return unshare(CLONE_NEWNET); }

int clab_join_network(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

int clab_memory_file(void) { return memfd_create("clab", MFD_CLOEXEC); }
