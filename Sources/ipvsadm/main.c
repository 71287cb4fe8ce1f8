// SPDX-License-Identifier: Apache-2.0
//
// The program begins in C, so that its words are those that it was started with: Swift looks for them in /proc, where
// they are not to be found in every namespace.

/// Runs a command line, and returns the exit status: the function of this name in IPVSAdmin.
extern int ipvsadm_run(int argc, char **argv);

int main(int argc, char **argv) { return ipvsadm_run(argc, argv); }
