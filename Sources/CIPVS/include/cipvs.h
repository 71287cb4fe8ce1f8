// SPDX-License-Identifier: Apache-2.0
//
// What Swift cannot say for itself: libnl's socket, and the kernel's macros that are
// expressions. No policy here.
#pragma once

#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netlink.h>
#include <stddef.h>

struct nl_sock;

/// Opens a generic netlink socket that waits `seconds` for an answer. NULL and errno on failure.
struct nl_sock *cipvs_open(int receive_buffer, int seconds);

/// The number of a generic netlink family, or a negative errno; ENOENT when there is none.
int cipvs_family(struct nl_sock *socket, const char *name);

/// Sends `length` bytes in one message. A negative errno on failure.
int cipvs_send(struct nl_sock *socket, const void *bytes, size_t length);

/// How many datagrams are received together: a dump's last entries, and the word that they were the last.
enum { cipvs_slots = 2 };

/// Waits for a datagram, and receives it with those that have come by then, each in its own `slot_size` of
/// `bytes`. How many came, with the whole length of each, which may exceed the slot; or a negative errno.
int cipvs_receive(struct nl_sock *socket, void *bytes, size_t slot_size, unsigned lengths[cipvs_slots]);

void cipvs_close(struct nl_sock *socket);

/// open(2), whose number of arguments varies.
int cipvs_open_file(const char *path, int flags);

// clang-format off
enum {
  cipvs_message_header = NLMSG_HDRLEN,
  cipvs_family_header  = GENL_HDRLEN,
  cipvs_attribute_header = NLA_HDRLEN,
  cipvs_alignment = NLA_ALIGNTO,
  cipvs_attribute_type_mask = NLA_TYPE_MASK,
  cipvs_nested = NLA_F_NESTED,
  cipvs_dump = NLM_F_DUMP,
  cipvs_request = NLM_F_REQUEST,
  cipvs_ack = NLM_F_ACK,
};
// clang-format on
