// SPDX-License-Identifier: Apache-2.0
//
// The headers of the C library and of the kernel under one name, and what Swift cannot express: errno, variadic
// functions, libnl's socket, and macros that are expressions. There is no policy here.
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/genetlink.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/if_tunnel.h>
#include <linux/ip_vs.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

/// errno, which is a macro.
static inline int clinux_errno(void) { return errno; }

/// open(2) without a mode.
static inline int clinux_open(const char *path, int flags) { return open(path, flags); }

/// Enters the network namespace that a file stands for. Returns a negative errno on failure; EINVAL if it is no such file.
int clinux_enter_network(const char *path);

/// Leaves the calling thread no other capabilities than those of these bits, which it must have, and no way to get any from
/// a program that it starts. Where the kernel does not permit that, they stay.
void clinux_keep_rights(unsigned kept);

/// Binds a new socket to an abstract name of the network namespace and listens. Returns the descriptor, or a negative
/// errno; EADDRINUSE while another process has the name.
int clinux_listen(const char *name);

/// Connects to who listens under an abstract name, and waits until that process ends. Returns its user, or a negative
/// errno; ECONNREFUSED if nobody listens, EAGAIN if too many wait already.
int clinux_outlast(const char *name);

/// Begins a TCP connection to an address in its usual text, without waiting. Returns the descriptor, which can be written
/// to once it is decided, or a negative errno.
int clinux_connect(const char *address, unsigned short port);

/// Starts a program without input, errors, other descriptors, variables, and signals that are blocked or ignored. Its output
/// goes to a descriptor, or nowhere if that is negative. Returns its process, or a negative errno.
int clinux_spawn(const char *path, char *const *words, int output);

/// Keeps memory in reserve for work that must not end halfway: as much as is in use, and a mebibyte. It keeps one reserve.
/// Returns a negative errno on failure.
int clinux_reserve_memory(void);

/// Gives the reserve up when other memory has ended. Returns whether there was one.
bool clinux_spend_reserve(void);

/// Why a connection was not made, or 0.
int clinux_socket_error(int fd);

/// From now on the signals by which people and systems end a program, unless they are ignored, end only clinux_rest().
void clinux_hold_signals(void);

/// Signals have their usual effect again; those that came meanwhile do not.
void clinux_release_signals(void);

/// Waits for so many milliseconds, or for one of the signals. Returns the signal's number, or 0.
int clinux_rest(int milliseconds);

/// From now on the signals that end, stop, continue or resize a program, unless they are ignored, have no effect but that
/// the returned descriptor has something to read. Returns a negative number on failure.
int clinux_signals(void);

/// The next signal that came, or 0.
int clinux_next_signal(int signals);

/// Lets a signal have its usual effect now: it ends the process, or stops it until it is continued.
void clinux_yield_to(int number);

/// Stops the process until it is in the foreground of a terminal. Signals have their usual effect meanwhile.
void clinux_await_foreground(int terminal);

/// The lines and columns of a terminal, 0 where they are not known. Returns a negative errno on failure.
int clinux_terminal_size(int terminal, int size[2]);

/// Makes a terminal pass keys on as they are pressed, and not show them. Remembers where the screen is, and what is written
/// there to end. Returns a negative errno on failure.
int clinux_terminal_hush(int terminal, int display, const char *end);

/// Gives a terminal the settings back that it had before it was hushed. What was typed and not read is lost.
void clinux_terminal_restore(int terminal);

/// Ends the screen, if there is one, and gives its terminal the settings back, for a program that cannot go on.
void clinux_terminal_abandon(void);

struct nl_sock;

/// Opens a netlink socket of a protocol, such as NETLINK_GENERIC. Returns NULL and sets errno on failure.
struct nl_sock *clinux_netlink_open(int protocol, int receive_buffer);

/// The number of the generic netlink family IPVS_GENL_NAME, or a negative errno; ENOENT when the kernel has none.
int clinux_netlink_family(struct nl_sock *socket);

/// Sends `length` bytes in one message. Returns a negative errno on failure.
int clinux_netlink_send(struct nl_sock *socket, const void *bytes, size_t length);

/// How many datagrams one call receives: a dump's last entries, and the message that ends the dump.
enum { clinux_netlink_slots = 2 };

/// Receives the datagrams that have arrived, each in its own `slot_size` of `bytes`, without waiting. Returns how
/// many there are, and sets the full length of each, which may exceed the slot. Returns a negative errno on failure,
/// EAGAIN if none has arrived.
int clinux_netlink_receive(struct nl_sock *socket, void *bytes, size_t slot_size, unsigned lengths[clinux_netlink_slots]);

/// Waits up to `milliseconds` for a datagram. Returns a negative errno on failure, ETIMEDOUT if none arrived.
int clinux_netlink_wait(struct nl_sock *socket, int milliseconds);

void clinux_netlink_close(struct nl_sock *socket);

// clang-format off
enum {
  clinux_so_add = IP_VS_SO_SET_ADD,
  clinux_so_edit = IP_VS_SO_SET_EDIT,
  clinux_so_delete = IP_VS_SO_SET_DEL,
  clinux_so_flush = IP_VS_SO_SET_FLUSH,
  clinux_so_add_destination = IP_VS_SO_SET_ADDDEST,
  clinux_so_edit_destination = IP_VS_SO_SET_EDITDEST,
  clinux_so_delete_destination = IP_VS_SO_SET_DELDEST,
  clinux_so_set_timeouts = IP_VS_SO_SET_TIMEOUT,
  clinux_so_start_daemon = IP_VS_SO_SET_STARTDAEMON,
  clinux_so_stop_daemon = IP_VS_SO_SET_STOPDAEMON,
  clinux_so_zero = IP_VS_SO_SET_ZERO,
  clinux_so_get_info = IP_VS_SO_GET_INFO,
  clinux_so_get_services = IP_VS_SO_GET_SERVICES,
  clinux_so_get_service = IP_VS_SO_GET_SERVICE,
  clinux_so_get_destinations = IP_VS_SO_GET_DESTS,
  clinux_so_get_timeouts = IP_VS_SO_GET_TIMEOUT,
  clinux_so_get_daemons = IP_VS_SO_GET_DAEMON,
  clinux_services_header = offsetof(struct ip_vs_get_services, entrytable),
  clinux_destinations_header = offsetof(struct ip_vs_get_dests, entrytable),
};

enum {
  clinux_message_header = NLMSG_HDRLEN,
  clinux_family_header  = GENL_HDRLEN,
  clinux_attribute_header = NLA_HDRLEN,
  clinux_alignment = NLA_ALIGNTO,
  clinux_attribute_type_mask = NLA_TYPE_MASK,
  clinux_nested = NLA_F_NESTED,
  clinux_dump = NLM_F_DUMP,
  clinux_request = NLM_F_REQUEST,
  clinux_ack = NLM_F_ACK,
  clinux_gre_checksum = GRE_CSUM,
  clinux_input_errors = offsetof(struct rtnl_link_stats64, rx_errors),
};
// clang-format on
