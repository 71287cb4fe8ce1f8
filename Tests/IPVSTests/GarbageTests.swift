// SPDX-License-Identifier: Apache-2.0

import CIPVS
import Testing

@testable import IPVS

/// Bytes that no kernel sends: an error with a name, never a trap.
@Suite struct GarbageTests {
  /// A good answer of every type, with its decoder.
  static let samples: [(name: String, bytes: [UInt8], decode: @Sendable (RawSpan) throws -> Void)] = [
    (
      "service", CodingTests.serviceWithCounters(wide: true).attributes,
      { _ = try ServiceStatus(decoding: $0) }
    ),
    (
      "server", Request.destination(1, .mark(1, .ipv4), CodingTests.destinations[5].encode).attributes,
      { _ = try DestinationStatus(decoding: $0, of: .mark(1, .ipv4)) }
    ),
    (
      "daemon", Request.daemon(1, CodingTests.daemons[1].encode).attributes,
      { _ = try SyncDaemon(decoding: $0) }
    ),
    (
      "timeouts", Request(1, Timeouts(tcp: 1, tcpFin: 2, udp: 3).encode).attributes,
      { _ = try Timeouts(decoding: $0) }
    ),
    (
      "information",
      Request(1) {
        $0.add(IPVS_INFO_ATTR_VERSION, UInt32(1))
        $0.add(IPVS_INFO_ATTR_CONN_TAB_SIZE, UInt32(1))
      }.attributes,
      { _ = try KernelInfo(decoding: $0) }
    ),
  ]

  @Test(arguments: samples.indices)
  func everyTruncationIsAnError(index: Int) {
    let sample = Self.samples[index]
    for length in 1..<sample.bytes.count {
      // An answer that ends between two attributes is whole as far as its bytes go.
      do { try Array(sample.bytes[..<length]).decoded(sample.decode) } catch {
        #expect(error is NetlinkError)
        continue
      }
      let isWhole = length.aligned == length || length.aligned == sample.bytes.count
      #expect(isWhole, "\(sample.name) \(length)")
    }
  }

  @Test(arguments: samples.indices)
  func everyChangedByteIsReadOrRefused(index: Int) {
    let sample = Self.samples[index]
    for position in sample.bytes.indices {
      for value in [0, 1, 3, 0x7f, 0x80, 0xff] as [UInt8] {
        var bytes = sample.bytes
        bytes[position] = value
        do { try bytes.decoded(sample.decode) } catch { #expect(error is NetlinkError) }
      }
    }
  }

  @Test(arguments: samples.indices)
  func noiseIsReadOrRefused(index: Int) {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...200)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      do { try bytes.decoded(Self.samples[index].decode) } catch { #expect(error is NetlinkError) }
      try? bytes.decoded { try $0.forEachMessage(family: Kernel.family) { _, _, _ in } }
    }
  }

  @Test(arguments: samples.indices)
  func unknownAttributesAreIgnored(index: Int) throws {
    let sample = Self.samples[index]
    let unknown = Request(1) {
      $0.add(999, UInt64(1))
      $0.addNested(1000) { $0.add(1, UInt8(1)) }
      $0.add(1001, bytes: [])
    }
    try (unknown.attributes + sample.bytes + unknown.attributes).decoded(sample.decode)
  }

  @Test func wrongLengthsAreNamed() {
    let request = Request.service(1) {
      CodingTests.services[0].encode(into: &$0)
      $0.add(IPVS_SVC_ATTR_TIMEOUT, UInt16(1))
    }
    let error = NetlinkError.malformed("an attribute has 2 bytes instead of 4")
    #expect(throws: error) { try request.attributes.decoded(ServiceStatus.init(decoding:)) }
  }

  @Test func aZeroLengthIsNamed() {
    #expect(throws: NetlinkError.malformed("an attribute has length 0")) {
      try ([0, 0, 4, 0] as [UInt8]).decoded(Timeouts.init(decoding:))
    }
  }

  @Test func nestedGarbageIsNamed() {
    let request = Request(1) { $0.add(IPVS_CMD_ATTR_SERVICE, bytes: [9, 0, 1, 0, 5]) }
    #expect(throws: NetlinkError.malformed("an attribute has length 9")) {
      try request.attributes.decoded(ServiceStatus.init(decoding:))
    }
  }

  @Test func anEmptyAnswerLacksEverything() {
    #expect(throws: NetlinkError.malformed("a service lacks an attribute")) {
      try ([] as [UInt8]).decoded(ServiceStatus.init(decoding:))
    }
    #expect(throws: NetlinkError.malformed("a server lacks an attribute")) {
      try ([] as [UInt8]).decoded { try DestinationStatus(decoding: $0, of: .mark(1, .ipv4)) }
    }
    #expect(throws: NetlinkError.malformed("a daemon lacks an attribute")) {
      try ([] as [UInt8]).decoded(SyncDaemon.init(decoding:))
    }
  }
}
