// SPDX-License-Identifier: Apache-2.0

import TestNoise
import CLinux
import Testing

@testable import IPVS

/// Bytes that no kernel sends end in an error with a name, or in a value that can be written and read again;
/// never in a trap.
@Suite struct GarbageTests {
  /// A valid answer, and what must be true for whatever its decoder makes of other bytes.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// Says what is wrong with how bytes were decoded, or nil; and whether they were to a value.
    let check: @Sendable ([UInt8]) -> (complaint: String?, isValue: Bool)

    init<Value: Writable & Sendable>(_ value: Value) {
      testDescription = "\(Value.self)"
      bytes = value.attributes
      check = { bytes in
        let outcome = Value.decoded(bytes, among: 0)
        // Bytes that stand before or behind the answer must not change anything.
        guard outcome == Value.decoded(bytes, among: 0xff) else {
          return ("reads what is not its own", false)
        }
        guard case .success(let value) = outcome else { return (nil, false) }
        let again = Value.decoded(value.attributes, among: 0)
        return (again == .success(value) ? nil : "\(value) became \(again)", true)
      }
    }
  }

  static let samples = [
    Sample(ServiceStatus(CodingTests.services[2], statistics: CodingTests.statistics)),
    Sample(ServiceStatus(CodingTests.services[4])),
    Sample(DestinationStatus(CodingTests.destinations[5], statistics: CodingTests.statistics)),
    Sample(DestinationStatus(CodingTests.destinations[9])),
    Sample(CodingTests.daemons[1]),
    Sample(CodingTests.daemons[2]),
    Sample(Timeouts(tcp: 1, tcpFin: 2, udp: 3)),
    Sample(KernelInfo(version: 1, tableSize: 2)),
  ]

  /// Checks many bytes that come of random numbers, and tells which seed they had.
  private func check(
    _ sample: Sample, times: UInt64, _ bytes: (inout Noise) -> [UInt8]
  ) -> (values: Int, errors: Int) {
    var count = (values: 0, errors: 0)
    for trial in 0..<times {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let (complaint, isValue) = sample.check(bytes(&random))
      #expect(complaint == nil, "SEED=\(seed)")
      if isValue { count.values += 1 } else { count.errors += 1 }
    }
    return count
  }

  @Test(arguments: samples)
  func changedBytesAreReadOrRefused(sample: Sample) {
    let count = check(sample, times: 3000) { sample.bytes.mutated(using: &$0) }
    // The test proves nothing if only one of them happens.
    #expect(count.values > 100 && count.errors > 100, "\(count), SEED=\(Noise.seed)")
  }

  @Test(arguments: samples)
  func noiseIsReadOrRefused(sample: Sample) {
    _ = check(sample, times: 1000) { .noise(using: &$0) }
  }

  @Test(arguments: samples)
  func everyTruncationIsAnError(sample: Sample) {
    for length in sample.bytes.indices {
      // A cut between two timeouts loses nothing, because a kernel need not have all of them.
      let isWhole = sample.testDescription == "Timeouts" && length % 8 == 0
      let (complaint, isValue) = sample.check(Array(sample.bytes[..<length]))
      #expect(complaint == nil && isValue == isWhole, "\(length) of \(sample.bytes.count) bytes")
    }
  }

  @Test(arguments: samples)
  func unknownAttributesAreIgnored(sample: Sample) {
    let unknown = Wire.attributes {
      $0.add(999, UInt64(1))
      $0.addNested(1000) { $0.add(1, UInt8(1)) }
      $0.add(1001, bytes: [])
    }
    #expect(sample.check(unknown + sample.bytes + unknown) == (nil, true))
  }

  @Test(arguments: samples[..<6])
  func attributesBehindANestAreNoneOfIt(sample: Sample) {
    // All nested attributes have one of type 4, and none of one byte.
    let foreign = Wire.attributes { $0.add(4, UInt8(1)) }
    #expect(sample.check(foreign + sample.bytes + foreign) == (nil, true))
  }

  @Test(arguments: 0...20)
  func aNameIsNotCutOff(count: Int) {
    let letters = [UInt8](repeating: UInt8(ascii: "s"), count: count)
    for ending in [[], [0], [0, 1, 2]] as [[UInt8]] {
      let bytes = Wire.attributes {
        $0.addNested(IPVS_CMD_ATTR_SERVICE) {
          Service(.mark(1)).encode(into: &$0)
          $0.add(IPVS_SVC_ATTR_SCHED_NAME, bytes: letters + ending)
        }
      }
      let outcome = ServiceStatus.decoded(bytes, among: UInt8(ascii: "s")).map(\.service.settings.scheduler)
      #expect(outcome == (Name(bytes: letters).map { .success($0) } ?? .failure(.malformed(.attribute))))
    }
  }

  // MARK: - Whole conversations

  /// Whatever comes in place of a dump, it ends, and the next request is answered.
  @Test func datagramsOfGarbage() {
    let services = CodingTests.services.map { ServiceStatus($0, statistics: CodingTests.statistics) }
    let good = services.map { Wire.entry($0.attributes) }
    for trial in 0..<1000 as Range<UInt64> {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let whole = [good[0] + good[1] + good[2], good[3] + good[4], Wire.done()]
      let broken = whole.map { Bool.random(using: &random) ? $0.mutated(using: &random) : $0 }
      let datagrams = trial % 2 == 0 ? broken : [Array(broken.joined())]
      let script = Script(datagrams.map { .datagram($0) })
      var exchange = exchange(script)
      do throws(IPVSError.Reason) {
        let listed: [ServiceStatus] = try exchange.all(.services)
        #expect(Set(listed.map(\.id)).count <= listed.count, "SEED=\(seed)")
        for status in listed {
          #expect(ServiceStatus.decoded(status.attributes, among: 0) == .success(status), "SEED=\(seed)")
        }
      } catch {
        #expect(error.isAboutAnAnswer || error.isRefusal || error == .timedOut, "\(error), SEED=\(seed)")
      }
      script.answers = [
        .reply { Wire.error(sequence: $0 - 1, EEXIST) }, .reply { Wire.error(sequence: $0, 0) },
      ]
      do throws(IPVSError.Reason) {
        let refusals = try exchange.perform([.clear])
        #expect(refusals == [ErrorNumber(rawValue: EEXIST)], "SEED=\(seed)")
      } catch {
        Issue.record("\(error), SEED=\(seed)")
      }
    }
  }

  // MARK: - What the errors are called

  @Test func wrongLengthsAreNamed() {
    let long = Wire.attributes {
      $0.addNested(IPVS_CMD_ATTR_SERVICE) {
        CodingTests.services[0].encode(into: &$0)
        $0.add(IPVS_SVC_ATTR_TIMEOUT, UInt64(1))
      }
    }
    #expect(ServiceStatus.decoded(long, among: 0) == .failure(.malformed(.attribute)))
    #expect(Timeouts.decoded([0, 0, 4, 0], among: 0) == .failure(.malformed(.attribute)))
    let nested = Wire.attributes { $0.add(IPVS_CMD_ATTR_SERVICE, bytes: [9, 0, 1, 0, 5]) }
    #expect(ServiceStatus.decoded(nested, among: 0) == .failure(.malformed(.attribute)))
  }

  @Test func anEmptyAnswerLacksEverything() {
    #expect(ServiceStatus.decoded([], among: 0) == .failure(.malformed(.service)))
    #expect(DestinationStatus.decoded([], among: 0) == .failure(.malformed(.destination)))
    #expect(SyncDaemon.decoded([], among: 0) == .failure(.malformed(.daemon)))
    #expect(KernelInfo.decoded([], among: 0) == .failure(.malformed(.info)))
    #expect(Timeouts.decoded([], among: 0) == .success(Timeouts()))
  }
}

extension Writable {
  /// What a decoder makes of bytes.
  fileprivate static func decoded(_ bytes: [UInt8], among other: UInt8) -> Result<Self, IPVSError.Reason> {
    do throws(IPVSError.Reason) { return .success(try Self(attributes: bytes, among: other)) } catch {
      return .failure(error)
    }
  }
}

extension IPVSError.Reason {
  fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}
