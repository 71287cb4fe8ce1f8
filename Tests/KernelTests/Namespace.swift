// SPDX-License-Identifier: Apache-2.0

import CLab
import Glibc

/// A network namespace with the loopback device up, as long as this value is there.
final class Network {
  private let descriptor: Int32

  init() {
    _ = Kernel.prepared
    let outside = Self.current
    precondition(clab_new_network() == 0, "no namespaces; run me by lab/vm")
    descriptor = Self.current
    precondition(clab_join_network(outside) == 0)
    close(outside)
  }

  deinit { close(descriptor) }

  /// Runs `body` in the namespace. Processes that it starts are in it, too, and so is a `Director`.
  func inside<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outside = Self.current
    precondition(clab_join_network(descriptor) == 0)
    defer {
      precondition(clab_join_network(outside) == 0)
      close(outside)
    }
    return try body()
  }

  private static var current: Int32 {
    let descriptor = unsafe open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
    precondition(descriptor >= 0)
    return descriptor
  }
}

/// Runs `body` in a network namespace of its own.
func inNamespace<Result>(_ body: () throws -> Result) throws -> Result { try Network().inside(body) }

/// Our program, as it is shipped.
func ours(_ arguments: String..., input: String = "") throws -> Outcome {
  try run(Kernel.ours, arguments, input: input)
}

/// Debian's program.
func reference(_ arguments: String..., input: String = "") throws -> Outcome {
  try run(Kernel.reference, arguments, input: input)
}

/// Where the programs are, and what was found before any test used the kernel.
enum Kernel {
  static let ours =
    unsafe getenv("IPVSADM").map { unsafe String(cString: $0) } ?? ".build/embedded/release/ipvsadm"
  static let reference = "/sbin/ipvsadm"
  /// Whether ours is Embedded Swift, and not the ordinary build.
  static let isShipped = ours.contains("/embedded/")

  /// What an ordinary user and root see while the kernel has no IPVS, and what modprobe sees then; nil if the kernel is
  /// not ours, and we must not unload it.
  static let withoutIPVS: [[String]: Outcome]? = {
    guard unsafe getenv("LAB_GUEST") != nil, (try? run("/sbin/modprobe", ["-r", "ip_vs"]))?.status == 0
    else { return nil }
    let modprobe = "/proc/sys/kernel/modprobe"
    let hide = "echo /bin/false >\(modprobe); mount --bind /bin/false /sbin/modprobe && exec \"$@\""
    let standIn = """
      cat >/run/modprobe <<'END'
      #!/bin/bash
      output=$(readlink /proc/$$/fd/1)
      {
        echo "$@: $(wc -c </proc/$$/environ) bytes of variables, output to $output"
        sh -c 'for file in /proc/$$/fd/*; do readlink $file; done'
        while read -r name mask; do
          case $name in
          SigBlk:) echo "blocked signals: $((0x$mask))" ;;
          SigIgn:) echo "SIGPIPE is ignored: $((0x$mask >> 12 & 1))" ;; # bash ignores others by itself
          esac
        done </proc/$$/status
      } >/run/modprobe.seen
      END
      chmod +x /run/modprobe
      echo /bin/false >\(modprobe)
      mount --bind /run/modprobe /sbin/modprobe
      exec 7</etc/passwd
      env --block-signal=TERM --ignore-signal=PIPE "$0" -Ln
      cat /run/modprobe.seen
      """
    defer { _ = try? run("/bin/sh", ["-c", "echo /sbin/modprobe >\(modprobe)"]) }
    var outcomes: [[String]: Outcome] = [:]
    for arguments in commandsWithoutIPVS {
      for user in ["0", "65534"] {
        let command = ["setpriv", "--reuid=\(user)", "--clear-groups", ours] + arguments
        outcomes[[user] + arguments] = try? run(
          "/usr/bin/unshare", ["--mount", "sh", "-c", hide, "sh"] + command)
      }
    }
    outcomes[["modprobe"]] = try? run("/usr/bin/unshare", ["--mount", "sh", "-c", standIn, ours])
    return outcomes
  }()

  static let commandsWithoutIPVS = [
    ["-h"], ["-v"], ["-Ln"], ["-A", "-t", "1.2.3.4:80"], ["-C"], ["-R"], ["-Sn"], ["-Lnc"],
    ["-L", "--timeout"], ["--apply"], ["--apply", "--dry-run"],
  ]

  /// IPVS is there from here on.
  static let prepared: Void = {
    _ = withoutIPVS
    _ = try? run("/sbin/modprobe", ["ip_vs"])
  }()
}
