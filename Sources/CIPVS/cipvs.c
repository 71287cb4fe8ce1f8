// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE // recvmmsg

#include "cipvs.h"

#include <errno.h>
#include <fcntl.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <sys/socket.h>
#include <sys/time.h>

struct nl_sock *cipvs_open(int receive_buffer, int seconds) {
  struct nl_sock *socket = nl_socket_alloc();
  if (socket == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  errno = 0;
  if (genl_connect(socket) < 0) {
    int error = errno != 0 ? errno : EPROTO;
    nl_socket_free(socket);
    errno = error;
    return NULL;
  }
  int fd = nl_socket_get_fd(socket), on = 1;
  struct timeval patience = {.tv_sec = seconds};
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  return socket;
}

int cipvs_family(struct nl_sock *socket, const char *name) {
  errno = 0;
  int family = genl_ctrl_resolve(socket, name);
  if (family >= 0) return family;
  if (family == -NLE_OBJ_NOTFOUND) return -ENOENT;
  return errno != 0 ? -errno : -EPROTO;
}

int cipvs_send(struct nl_sock *socket, const void *bytes, size_t length) {
  errno = 0;
  if (nl_sendto(socket, (void *)bytes, length) >= 0) return 0;
  return errno != 0 ? -errno : -EPROTO;
}

int cipvs_receive(struct nl_sock *socket, void *bytes, size_t slot_size, unsigned lengths[cipvs_slots]) {
  struct iovec slots[cipvs_slots];
  struct mmsghdr messages[cipvs_slots] = {0};
  for (int i = 0; i < cipvs_slots; i++) {
    slots[i] = (struct iovec){(char *)bytes + i * slot_size, slot_size};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &slots[i], .msg_iovlen = 1};
  }
  int count = recvmmsg(nl_socket_get_fd(socket), messages, cipvs_slots, MSG_WAITFORONE | MSG_TRUNC, NULL);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) lengths[i] = messages[i].msg_len;
  return count;
}

int cipvs_open_file(const char *path, int flags) { return open(path, flags); }

void cipvs_close(struct nl_sock *socket) { nl_socket_free(socket); }
