// SPDX-License-Identifier: Apache-2.0

internal import CLinux

@testable internal import IPVS

/// Datagrams that come in place of an answer. Each has its length in two bytes before it; the first byte of all says
/// what is asked, and how many datagrams come at once.
enum Conversation {
  /// Whatever comes, it ends, and the next request is answered.
  static func of(_ bytes: [UInt8]) -> String? {
    guard let kind = bytes.first else { return nil }
    let wire = Wire(datagrams(bytes.dropFirst()), atOnce: kind & 0x80 != 0 ? Inbox.slots : 1)
    var exchange = Exchange(wire, MessageTypes(family: NetlinkBytes.family))
    do throws(IPVSError.Reason) {
      switch kind % 7 {
      case 0: _ = try exchange.all(.services) as [ServiceStatus]
      case 1: _ = try exchange.all(.destinations(.mark(1))) as [DestinationStatus]
      case 2: _ = try exchange.all(.daemons) as [SyncDaemon]
      case 3: _ = try exchange.first(.service(.mark(1))) as ServiceStatus
      case 4: _ = try exchange.first(.timeouts) as Timeouts
      case 5: _ = try exchange.first(.info) as KernelInfo
      default: _ = try exchange.perform([.clear, .zeroAll, .deleteService(.mark(1))])
      }
    } catch {}
    wire.isKernel = true
    do throws(IPVSError.Reason) {
      return try exchange.perform([.clear]) == [nil] ? nil : "a change is refused afterwards"
    } catch {
      return "\(error) afterwards"
    }
  }

  private static func datagrams(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var rest = bytes
    var datagrams: [[UInt8]] = []
    while let low = rest.popFirst(), let high = rest.popFirst() {
      let datagram = rest.prefix(Int(high) << 8 | Int(low))
      datagrams.append(Array(datagram))
      rest = rest.dropFirst(datagram.count)
    }
    return datagrams
  }
}

/// Gives datagrams, and then nothing; or acknowledges what is sent.
private final class Wire: Transport {
  var isKernel = false
  private var datagrams: ArraySlice<[UInt8]>
  private let atOnce: Int

  init(_ datagrams: [[UInt8]], atOnce: Int) {
    self.datagrams = datagrams[...]
    self.atOnce = atOnce
  }

  func send(_ bytes: [UInt8]) {
    guard isKernel else { return }
    // The last message is the one that is acknowledged; it has nothing but a header.
    let sequence = bytes.suffix(8).prefix(4)
    datagrams = [[36, 0, 0, 0, UInt8(NLMSG_ERROR), 0, 0, 0] + sequence + [UInt8](repeating: 0, count: 24)]
  }

  func receive(into inbox: inout Inbox) throws(ErrorNumber) {
    if datagrams.isEmpty { throw ErrorNumber(rawValue: EAGAIN) }
    for (slot, datagram) in datagrams.prefix(atOnce).enumerated() {
      let start = slot * Inbox.slotSize
      for (index, byte) in datagram.prefix(Inbox.slotSize).enumerated() { inbox.bytes[start + index] = byte }
      inbox.lengths.append(datagram.count)
    }
    datagrams = datagrams.dropFirst(atOnce)
  }

  func wait(milliseconds: Int32) throws(ErrorNumber) { throw ErrorNumber(rawValue: ETIMEDOUT) }
}
