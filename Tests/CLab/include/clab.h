// SPDX-License-Identifier: Apache-2.0
//
// What the tests need from Linux, and Swift's Glibc does not have.
#pragma once

/// Puts the calling thread into a new network namespace, its loopback device up. 0, or -1 and errno.
int clab_new_network(void);

/// Puts the calling thread into the network namespace that a descriptor stands for. 0, or -1 and errno.
int clab_join_network(int descriptor);

/// A file in memory. Its descriptor, or -1 and errno.
int clab_memory_file(void);

/// A socket that takes TCP connections to an IPv4 address and port, though nobody answers them. It, or -1 and errno.
int clab_listen(const char *address, unsigned short port);

/// An open TCP connection to an IPv4 address and port. It, or -1 and errno.
int clab_connect(const char *address, unsigned short port);

/// Sends one UDP packet to an IPv4 address and port. 0, or -1 and errno.
int clab_send(const char *address, unsigned short port);
