// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// Each command does to the kernel what Debian's does, as Debian's program and `/proc` tell it.
@Suite struct CommandTests {
  @Test(arguments: Case.all("commands"))
  func doesTheSame(example: Case) throws {
    let reference = try inNamespace { (try example.play(with: Kernel.reference), try reports()) }
    let ours = try inNamespace { (try example.play(with: Kernel.ours), try reports()) }
    #expect(ours.0 == reference.0)
    #expect(ours.1 == reference.1)
  }

  /// What the kernel holds.
  private func reports() throws -> [String] {
    let commands = [["-Sn"], ["-Ln", "--thresholds"], ["-L", "--timeout"], ["-L", "--daemon"]]
    let texts = try commands.map { try run(Kernel.reference, $0).require() }
    // In the order of a hash, which no two namespaces share.
    return try texts
      + run("/bin/cat", ["/proc/net/ip_vs"]).require().split(separator: "\n").map(String.init).sorted()
  }
}
