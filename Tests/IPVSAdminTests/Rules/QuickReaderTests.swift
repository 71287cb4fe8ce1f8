// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// The quick reader and popt read the same change, or the quick one declines.
@Suite struct QuickReaderTests {
  private static func quick(_ line: [UInt8]) -> Change? { QuickReader.change(line, 0..<line.count) }

  /// What popt makes of a line; nil if it is wrong, is not a change, or has names to look up.
  private static func thorough(_ line: [UInt8]) -> Change? {
    var reader = RuleReader(line)
    guard let words = reader.next()?.words, let command = try? CommandParser.parse(words),
      command.hostNames.isEmpty, case .edit(let edit) = command
    else { return nil }
    return try? edit.resolved(by: Resolver())
  }

  private static func lines(_ noise: inout Noise) -> [[UInt8]] {
    var text = Text()
    RuleWriter(names: NameTable()).add(Table.random(&noise), to: &text)
    return text.bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  @Test(arguments: Noise.seeds)
  func itReadsWhatIsWritten(seed: UInt64) {
    var noise = Noise(seed: seed)
    var read = 0
    var all = 0
    for line in (0..<200).flatMap({ _ in Self.lines(&noise) }) {
      all += 1
      guard let change = Self.quick(line) else { continue }
      read += 1
      #expect(change == Self.thorough(line), "seed \(seed): \(String(decoding: line, as: UTF8.self))")
    }
    #expect(read * 2 > all, "seed \(seed): only \(read) of \(all) lines")
  }

  /// 100 000 lines with mistakes in them, with the four seeds together.
  @Test(arguments: Noise.seeds)
  func itAgreesOnMistakesOrDeclines(seed: UInt64) {
    var noise = Noise(seed: seed)
    let odd = Array(" -\t\r#:[].,0159afxAmgitwpMsobyuÿ\0".utf8) + Array("ipvsadm".utf8)
    var tried = 0
    while tried < 25_000 {
      for line in Self.lines(&noise) {
        var line = line
        for _ in 0..<noise.number(1...3) {
          let place = Int.random(in: 0..<max(1, line.count), using: &noise)
          switch noise.number(0...3) {
          case 0: line.insert(noise.pick(odd), at: min(place, line.count))
          case 1 where !line.isEmpty: line.remove(at: place)
          case 2 where !line.isEmpty: line[place] = noise.pick(odd)
          default: line.removeSubrange(min(place, line.count)..<min(place + 4, line.count))
          }
        }
        tried += 1
        guard let change = Self.quick(line) else { continue }
        #expect(change == Self.thorough(line), "seed \(seed): \(String(decoding: line, as: UTF8.self))")
      }
    }
  }

  @Test(arguments: [
    "-A -t 1.2.3.4:80 -s rr", "-A -u 1.2.3.4:53 -s wlc -p 300 -M 255.255.0.0 -o", "-A -f 7 -6 -s sh",
    "-A -u [2001:db8::1]:5060 -s rr -p 60 -M 64 --pe sip",
    "-a -t 1.2.3.4:80 -r 10.0.0.1:8080 -m -w 0 -x 9 -y 5",
    "-a -t 1.2.3.4:80 -r 10.0.0.1:80 -g -w 1", "-a -f 7 -r 10.0.0.1:0 -i -w 2147483647 --tun-type ipip",
    "-a --sctp-service [::1]:9 -r 10.0.0.1:9 -i -w 1 --tun-type ipip",
  ])
  func itReads(line: String) {
    let change: Change? = Self.quick(Array(line.utf8))
    #expect(change != nil)
    #expect(change == Self.thorough(Array(line.utf8)))
  }

  @Test(arguments: [
    "", "-A", "-A -t 1.2.3.4:80", "-A  -t 1.2.3.4:80 -s rr", "-A -t 1.2.3.4:80 -s rr ",
    "-A -t 1.2.3.4:0 -s rr",
    "-A -t 1.2.3.4:80 -s rr -o", "-A -t 010.2.3.4:80 -s rr", "-A -t 1.2.3:80 -s rr",
    "-A -t 1.2.3.4:http -s rr",
    "-A -t 1.2.3.4:80 -s ipvsadm", "-A -t 1.2.3.4:80 -s a-name-of-16-byt", "-A -f 0 -s rr",
    "-A -f 4294967296 -s rr",
    "-A -t 1.2.3.4:80 -s rr # why", "-a -t 1.2.3.4:80 -r [::1]:80 -m -w 1",
    "-a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 2147483648",
    "-A -t 1.2.3.4:80 -s sh -b sh-port", "-e -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 1",
    "-A -t 1.2.3.4:65536 -s rr",
  ])
  func itDeclines(line: String) {
    #expect(Self.quick(Array(line.utf8)) == nil)
  }
}
