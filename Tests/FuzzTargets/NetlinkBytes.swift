// SPDX-License-Identifier: Apache-2.0

internal import CLinux

@testable internal import IPVS

/// A datagram behind a byte that says what was asked. It ends where its array does, so that AddressSanitizer sees
/// whoever reads on.
enum NetlinkBytes {
  static let family: UInt16 = 27

  /// The answer to each kind of query of the IPVS family.
  static func answer(_ bytes: [UInt8]) -> String? {
    guard let kind = bytes.first else { return nil }
    let datagram = Array(bytes.dropFirst())
    let types = MessageTypes(family: family)
    return switch kind % 5 {
    case 0:
      read(datagram, types) { (value: ServiceStatus) in
        again(value, IPVS_CMD_ATTR_SERVICE, value.service.encode) { $0.service }
      }
    case 1:
      read(datagram, types) { (value: DestinationStatus) in
        again(value, IPVS_CMD_ATTR_DEST, value.destination.encode) { $0.destination }
      }
    case 2:
      read(datagram, types) { (value: SyncDaemon) in again(value, IPVS_CMD_ATTR_DAEMON, value.encode) { $0 } }
    case 3: read(datagram, types) { (_: Timeouts) in nil }
    default: read(datagram, types) { (_: KernelInfo) in nil }
    }
  }

  /// Reads a datagram, and checks each value in it.
  private static func read<Value: Answer>(
    _ datagram: [UInt8], _ types: MessageTypes, _ check: (Value) -> String?
  ) -> String? {
    entries(datagram, types) { (bytes, attributes) throws(IPVSError.Reason) in
      check(try Value(decoding: bytes, attributes, isCounting: true))
    }
  }

  /// What is wrong with a value that is written and read again.
  private static func again<Value: Answer, Part: Equatable>(
    _ value: Value, _ type: Int, _ encode: (inout Outbox) -> Void, _ part: (Value) -> Part
  ) -> String? {
    var outbox = Outbox()
    outbox.addNested(type, encode)
    do {
      let bytes = unsafe outbox.bytes.span.bytes
      let copy = part(try Value(decoding: bytes, outbox.bytes.indices, isCounting: true))
      return copy == part(value) ? nil : "\(part(value)) became \(copy)"
    } catch {
      return "\(value) became \(error)"
    }
  }

  /// Calls `body` with the attributes of each entry of a datagram.
  private static func entries(
    _ datagram: [UInt8], _ types: MessageTypes,
    _ body: (RawSpan, Range<Int>) throws(IPVSError.Reason) -> String?
  ) -> String? {
    var rest = datagram.indices
    do throws(IPVSError.Reason) {
      while !rest.isEmpty {
        let bytes = unsafe datagram.span.bytes
        guard case .entry(let attributes) = try Message(from: bytes, &rest, types).kind else { continue }
        if let complaint = try body(bytes, attributes) { return complaint }
      }
    } catch {}
    return nil
  }

  /// The answer to each kind of query of `rtnetlink(7)`.
  static func routeAnswer(_ bytes: [UInt8]) -> String? {
    guard let kind = bytes.first else { return nil }
    let datagram = Array(bytes.dropFirst())
    let types: MessageTypes = [.links, .addresses, .routes, .neighbours][Int(kind % 4)]
    return entries(datagram, types) { (bytes, attributes) throws(IPVSError.Reason) in
      let header = attributes.lowerBound - types.header
      switch kind % 4 {
      case 0: _ = try Interface(decoding: bytes, header: header, attributes)
      case 1:
        let assignment = try Interface.Assignment(decoding: bytes, header: header, attributes)
        if let assignment, !assignment.contains(assignment.address) { return "\(assignment) lacks itself" }
      case 2:
        let route = try Route(decoding: bytes, header: header, attributes)
        if let gateway = route?.gateway { _ = route?.isFor(gateway) }
      default: _ = try SilentNeighbour(decoding: bytes, header: header, attributes)
      }
      return nil
    }
  }
}
