// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// How services are called.
@Suite struct ServiceTests {
  @Test(arguments: [
    (Service.ID.endpoint(.tcp, "10.0.0.100:80"), "TCP 10.0.0.100:80"),
    (.endpoint(.sctp, "[fd00::100]:9"), "SCTP [fd00::100]:9"),
    (.mark(1), "FWM 1"), (.mark(.max, .ipv6), "FWM 4294967295 IPv6"),
  ])
  func names(id: Service.ID, name: String) { #expect(id.description == name) }
}
