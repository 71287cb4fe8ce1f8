// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Which packets a route is asked for.
package struct RouteQuery {
  package var destination: Address
  /// The source, if it is known already.
  package var source: Address?
  /// The firewall mark.
  package var mark: UInt32 = 0
  /// The interface that they came by, 0 if this machine makes them.
  package var input: Int32 = 0
  /// The interface that they must leave by, 0 for any.
  package var output: Int32 = 0

  /// A question for the packets that this machine sends to an address.
  package init(to destination: Address) { self.destination = destination }

  /// Adds the `struct rtmsg` and the attributes behind it.
  func encode(into outbox: inout Outbox) {
    let family = destination.family
    let length: UInt8 = family == .ipv4 ? 32 : 128
    outbox.bytes += [UInt8(family.number), length, source == nil ? 0 : length, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    outbox.add(Int(RTA_DST.rawValue), destination)
    if let source { outbox.add(Int(RTA_SRC.rawValue), source) }
    if mark != 0 { outbox.add(Int(RTA_MARK.rawValue), mark) }
    if input != 0 { outbox.add(Int(RTA_IIF.rawValue), input) }
    if output != 0 { outbox.add(Int(RTA_OIF.rawValue), output) }
  }
}

extension Outbox {
  /// Adds an address in as many bytes as its family has.
  fileprivate mutating func add(_ type: Int, _ address: Address) {
    if address.family == .ipv4 {
      add(type, address.words.0.bigEndian)
    } else {
      add(type, address.networkOrder)
    }
  }
}
