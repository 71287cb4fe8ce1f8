// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "clab.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int clab_new_network(void) {
  if (unshare(CLONE_NEWNET) != 0) return -1;
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int result = ioctl(descriptor, SIOCSIFFLAGS, &request);
  close(descriptor);
  return result;
}

int clab_join_network(int descriptor) { return setns(descriptor, CLONE_NEWNET); }

int clab_memory_file(void) { return memfd_create("clab", MFD_CLOEXEC); }
