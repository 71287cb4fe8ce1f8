// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE // recvmmsg, ppoll, struct ucred, setns

#include "clinux.h"

#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <sched.h>
#include <spawn.h>
#include <sys/time.h>

// libnl's own codes merge several errnos into one. errno still has the kernel's answer.
static int failure(void) { return errno != 0 ? -errno : -EPROTO; }

struct nl_sock *clinux_netlink_open(int protocol, int receive_buffer) {
  struct nl_sock *socket = nl_socket_alloc();
  if (socket == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  errno = 0;
  if (nl_connect(socket, protocol) < 0) {
    int error = -failure();
    nl_socket_free(socket);
    errno = error;
    return NULL;
  }
  int fd = nl_socket_get_fd(socket), on = 1;
  // The family look-up below waits as long as the socket's own timeout.
  struct timeval patience = {.tv_sec = 5};
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  return socket;
}

int clinux_netlink_family(struct nl_sock *socket) {
  errno = 0;
  int family = genl_ctrl_resolve(socket, IPVS_GENL_NAME);
  if (family >= 0) return family;
  if (family == -NLE_OBJ_NOTFOUND) return -ENOENT;
  return failure();
}

int clinux_netlink_send(struct nl_sock *socket, const void *bytes, size_t length) {
  errno = 0;
  return nl_sendto(socket, (void *)bytes, length) < 0 ? failure() : 0;
}

int clinux_netlink_receive(
    struct nl_sock *socket, void *bytes, size_t slot_size, unsigned lengths[clinux_netlink_slots]) {
  struct iovec slots[clinux_netlink_slots];
  struct mmsghdr messages[clinux_netlink_slots] = {0};
  for (int i = 0; i < clinux_netlink_slots; i++) {
    slots[i] = (struct iovec){(char *)bytes + i * slot_size, slot_size};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &slots[i], .msg_iovlen = 1};
  }
  int count =
      recvmmsg(nl_socket_get_fd(socket), messages, clinux_netlink_slots, MSG_DONTWAIT | MSG_TRUNC, NULL);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) lengths[i] = messages[i].msg_len;
  return count;
}

int clinux_netlink_wait(struct nl_sock *socket, int milliseconds) {
  struct pollfd descriptor = {.fd = nl_socket_get_fd(socket), .events = POLLIN};
  int count = poll(&descriptor, 1, milliseconds);
  return count > 0 ? 0 : count == 0 ? -ETIMEDOUT : -errno;
}

void clinux_netlink_close(struct nl_sock *socket) { nl_socket_free(socket); }

int clinux_enter_network(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); // it may be any file
  if (fd < 0) return -errno;
  int result = setns(fd, CLONE_NEWNET) == 0 ? 0 : -errno;
  close(fd);
  return result;
}

void clinux_keep_rights(unsigned kept) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct rights[_LINUX_CAPABILITY_U32S_3] = {{.effective = kept, .permitted = kept}};
  syscall(SYS_capset, &header, rights);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// An abstract name begins with a zero and has no end but its length.
static socklen_t abstract(struct sockaddr_un *address, const char *name) {
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  size_t length = strnlen(name, sizeof address->sun_path - 1);
  memcpy(address->sun_path + 1, name, length);
  return offsetof(struct sockaddr_un, sun_path) + 1 + length;
}

int clinux_listen(const char *name) {
  struct sockaddr_un address;
  socklen_t length = abstract(&address, name);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  if (bind(fd, (struct sockaddr *)&address, length) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
  int error = errno;
  close(fd);
  return -error;
}

int clinux_outlast(const char *name) {
  struct sockaddr_un address;
  socklen_t length = abstract(&address, name);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -errno;
  struct ucred peer;
  socklen_t size = sizeof peer;
  struct pollfd end = {.fd = fd};
  int result;
  if (connect(fd, (struct sockaddr *)&address, length) != 0 ||
      getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    result = -errno;
  else if ((result = (int)peer.uid) == (int)geteuid() || result == 0)
    while (poll(&end, 1, -1) < 0 && errno == EINTR) continue;
  close(fd);
  return result;
}

int clinux_connect(const char *address, unsigned short port) {
  struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  bool is_ipv4 = inet_pton(AF_INET, address, &ipv4.sin_addr) == 1;
  if (!is_ipv4 && inet_pton(AF_INET6, address, &ipv6.sin6_addr) != 1) return -EINVAL;
  int fd = socket(is_ipv4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -errno;
  const struct sockaddr *name = is_ipv4 ? (struct sockaddr *)&ipv4 : (struct sockaddr *)&ipv6;
  if (connect(fd, name, is_ipv4 ? sizeof ipv4 : sizeof ipv6) == 0 || errno == EINPROGRESS) return fd;
  int error = errno;
  close(fd);
  return -error;
}

int clinux_spawn(const char *path, char *const *words, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (output < 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  else
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  sigset_t signals;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  char *const variables[] = {NULL};
  pid_t process;
  int error = posix_spawn(&process, path, &actions, &attributes, words, variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? process : -error;
}

static void *reserve;
static size_t reserve_size;

int clinux_reserve_memory(void) {
  if (reserve != NULL) return 0;
  struct mallinfo2 use = mallinfo2();
  size_t size = use.uordblks + use.hblkhd + (1 << 20);
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return -errno;
  reserve = memory;
  reserve_size = size;
  return 0;
}

bool clinux_spend_reserve(void) {
  if (reserve == NULL || munmap(reserve, reserve_size) != 0) return false;
  reserve = NULL;
  return true;
}

int clinux_socket_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

static volatile sig_atomic_t held_signal;
static sigset_t held_signals;

static void hold(int number) { held_signal = number; }

void clinux_hold_signals(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};
  struct sigaction action = {.sa_handler = hold}, old;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (sigaction(numbers[i], NULL, &old) != 0 || old.sa_handler != SIG_DFL) continue;
    sigaction(numbers[i], &action, NULL);
    sigaddset(&held_signals, numbers[i]);
  }
  sigprocmask(SIG_BLOCK, &held_signals, NULL);
}

void clinux_release_signals(void) {
  // They are delivered to the handler first.
  sigprocmask(SIG_UNBLOCK, &held_signals, NULL);
  for (int number = 1; number < NSIG; number++)
    if (sigismember(&held_signals, number) == 1) signal(number, SIG_DFL);
  sigemptyset(&held_signals);
  held_signal = 0;
}

int clinux_rest(int milliseconds) {
  struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
  sigset_t none;
  sigemptyset(&none);
  ppoll(NULL, 0, &time, &none);
  return held_signal;
}
