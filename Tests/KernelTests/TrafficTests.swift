// SPDX-License-Identifier: Apache-2.0

import Testing

/// Real packets, balanced by a director that our program set up.
@Suite struct TrafficTests {
  @Test func theDemoShowsWhatItSays() throws {
    _ = Kernel.prepared
    let text = try run("/bin/bash", [projectPath("lab/demo")]).require()
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["10", "server1"]) && lines.contains(["10", "server2"]))
    let counters = lines.filter { $0.count >= 7 && $0[0] == "TCP" || $0.first == "->" }
    #expect(counters.contains { $0.starts(with: ["TCP", "10.0.0.100:80", "20"]) })
    #expect(counters.contains { $0.starts(with: ["->", "10.1.0.11:80", "10"]) })
    #expect(counters.contains { $0.starts(with: ["->", "10.1.0.12:80", "10"]) })
    #expect(lines.filter { $0.count == 6 && $0[4] == "10.0.0.100:80" }.count == 20)
  }
}
