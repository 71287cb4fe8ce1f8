// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Names are looked up side by side, and answered in order. Those here are addresses, which need no name server.
@Suite struct LookupTests {
  @Test func manyQuestionsAreAnsweredInOrder() {
    let hosts = (1...250).map { "10.0.0.\($0)" } + (1...50).map { "fd00::\($0)" }
    let answers = Lookup().answers(to: hosts.map { .address(of: Text($0)) })
    let addresses = answers.map { answer in
      if case .address(let address)? = answer { address } else { nil as Address? }
    }
    #expect(addresses == hosts.map { Address($0) })
    #expect(!addresses.contains(nil))
  }

  @Test func noQuestionHasNoAnswer() {
    #expect(Lookup().answers(to: []).isEmpty)
  }

  @Test func whatIsLearntIsKnown() {
    let resolver = Resolver()
    resolver.learn(["10.0.0.1", "::1", "10.0.0.1"])
    #expect(resolver.address(of: "10.0.0.1") == "10.0.0.1")
    #expect(resolver.address(of: "::1") == "::1")
    #expect(resolver.address(of: "10.0.0.2") == "10.0.0.2")
    resolver.learn([])
    #expect(resolver.names(of: []).isEmpty)
  }

  @Test(arguments: TransportProtocol.allCases)
  func whatIsNoPortHasNoNumber(transport: TransportProtocol) {
    for name in ["", "no-such-port", "\u{200c}80", "80\u{301}"] as [Text] {
      #expect(Resolver().port(named: name, transport) == nil, "\(name.string.debugDescription)")
    }
  }
}
