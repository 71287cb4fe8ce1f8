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
