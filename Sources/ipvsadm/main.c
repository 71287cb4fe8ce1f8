// SPDX-License-Identifier: Apache-2.0
//
// The program begins in C to get the arguments that it was started with: Swift would read them from /proc, which does
// not have them in every namespace.

/// Runs a command line, and returns the exit status: the function of this name in IPVSAdmin.
extern int ipvsadm_run(int argc, char **argv);

int main(int argc, char **argv) { return ipvsadm_run(argc, argv); }
