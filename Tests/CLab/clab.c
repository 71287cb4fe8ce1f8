// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "clab.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
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

static int place_of(const char *address, unsigned short port, int type, struct sockaddr_in *place) {
  *place = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, address, &place->sin_addr);
  return socket(AF_INET, type | SOCK_CLOEXEC, 0);
}

int clab_listen(const char *address, unsigned short port) {
  struct sockaddr_in place;
  int descriptor = place_of(address, port, SOCK_STREAM, &place);
  if (bind(descriptor, (struct sockaddr *)&place, sizeof place) == 0 && listen(descriptor, 64) == 0) return descriptor;
  close(descriptor);
  return -1;
}

int clab_connect(const char *address, unsigned short port) {
  struct sockaddr_in place;
  int descriptor = place_of(address, port, SOCK_STREAM, &place);
  if (connect(descriptor, (struct sockaddr *)&place, sizeof place) == 0) return descriptor;
  close(descriptor);
  return -1;
}

int clab_send(const char *address, unsigned short port) {
  struct sockaddr_in place;
  int descriptor = place_of(address, port, SOCK_DGRAM, &place);
  int result = sendto(descriptor, "x", 1, 0, (struct sockaddr *)&place, sizeof place) == 1 ? 0 : -1;
  close(descriptor);
  return result;
}
