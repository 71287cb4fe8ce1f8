// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the program starts gets nothing of it.
@Suite struct RightsTests {
  /// However it was started, modprobe gets no variable, no descriptor but those that lead nowhere, and signals as usual.
  @Test(.enabled(if: Kernel.withoutIPVS != nil, "the kernel is the host's, and not ours to take IPVS from"))
  func modprobeGetsNothing() throws {
    let outcome = try #require(Kernel.withoutIPVS?[["modprobe"]])
    #expect(
      outcome.output == """
        -- ip_vs: 0 bytes of variables, output to /dev/null
        /dev/null
        /run/modprobe.seen
        /dev/null
        blocked signals: 0
        SIGPIPE is ignored: 0

        """)
  }
}
