// SPDX-License-Identifier: Apache-2.0

/// The kernel module that provides IPVS.
enum KernelModule {
  /// Has `/sbin/modprobe` load the module, and waits for it. The next request shows whether that helped.
  static func load() {
    let words: [StaticString] = ["modprobe", "--", "ip_vs"]
    ChildProcess(("/sbin/modprobe" as StaticString).bytes, words.map { $0.bytes })?.wait()
  }
}
