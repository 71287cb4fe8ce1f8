// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVS

/// Lines of the files in which the kernel counts packets: names, and below them numbers.
@Suite struct NetworkCounterTests {
  private static func read<Value>(_ line: String, _ body: (inout ByteCursor) -> Value?) -> Value? {
    let bytes = Array(line.utf8)
    return bytes.withCursor(over: bytes.indices, body)
  }

  @Test func namesHavePlaces() {
    let line = "TcpExt: SyncookiesSent IPReversePathFilter TWRecycled"
    #expect(Self.read(line) { $0.place(of: "TcpExt:") } == 0)
    #expect(Self.read(line) { $0.place(of: "IPReversePathFilter") } == 2)
    #expect(Self.read(line) { $0.place(of: "TWRecycled") } == 3)
    for name in ["IPReverse", "IPReversePathFilters", ""] as [StaticString] {
      #expect(Self.read(line) { $0.place(of: name) } == nil)
    }
    #expect(Self.read("") { $0.place(of: "a") } == nil)
    #expect(Self.read("   ") { $0.place(of: "a") } == nil)
  }

  @Test func numbers() {
    let line = "TcpExt: 0  18446744073709551615 x -1"
    #expect(
      (0...5).map { place in Self.read(line) { $0.number(at: place) } } == [nil, 0, .max, nil, nil, nil])
  }

  @Test func numbersInHex() {
    let line = "00000019  0000000a ffffffffffffffff 1ffffffffffffffff x"
    #expect(
      (0...5).map { place in Self.read(line) { $0.hexNumber(at: place) } } == [25, 10, .max, nil, nil, nil])
  }

  /// Whatever the lines are, a name and a number that are found are there.
  @Test func garbage() {
    let good = Array("Icmp: InMsgs OutDestUnreachs 12 345 6".utf8)
    for trial in 0..<5000 as Range<UInt64> {
      var random = Noise(seed: Noise.seed &+ trial)
      let line = good.mutated(using: &random)
      let words = line.split(separator: UInt8(ascii: " "))
      let place = line.withCursor(over: line.indices) { $0.place(of: "OutDestUnreachs") }
      #expect(
        place == words.firstIndex { $0.elementsEqual("OutDestUnreachs".utf8) }, "SEED=\(Noise.seed &+ trial)")
      for place in 0..<8 {
        let number = line.withCursor(over: line.indices) { $0.number(at: place) }
        let word = place < words.count ? String(decoding: words[place], as: UTF8.self) : ""
        #expect(
          number == (word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64(word) : nil),
          "SEED=\(Noise.seed &+ trial)")
      }
    }
  }
}
