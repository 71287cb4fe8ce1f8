// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The kernel module that provides IPVS.
enum KernelModule {
  /// Has `/sbin/modprobe` load the module, and waits for it. The next request shows whether that helped.
  static func load() {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments = unsafe [strdup("modprobe"), strdup("--"), strdup("ip_vs"), nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawn(&process, "/sbin/modprobe", &actions, nil, &arguments, nil) == 0 else { return }
    while waitpid(process, nil, 0) < 0, ErrorNumber.last.rawValue == EINTR {}
  }
}
