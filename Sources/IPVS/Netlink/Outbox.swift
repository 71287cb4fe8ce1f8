// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Requests to the kernel, one after another: `struct nlmsghdr`, `struct genlmsghdr`, attributes.
struct Outbox {
  var bytes: [UInt8] = []
  private var start = 0

  /// An outbox with room for a usual request.
  init() { bytes.reserveCapacity(256) }

  /// Takes all messages out, and keeps the room for others.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Begins a message of a type; what is added from here on belongs to it, until it is closed.
  mutating func open(_ type: UInt16, flags: Int, sequence: UInt32) {
    start = bytes.count
    bytes.appendNative((UInt32(clinux_message_header), type, UInt16(flags), sequence, UInt32(0)))
  }

  /// Closes the message, whose length is known now.
  mutating func close() {
    patch(UInt32(clamping: bytes.count - start), at: start)
  }

  /// Adds the command for the IPVS family, one of `IPVS_CMD_*`. It comes before all attributes.
  mutating func add(command: Int) {
    bytes.appendNative((UInt8(command), UInt8(IPVS_GENL_VERSION), UInt16(0)))
  }

  /// Adds a value as it is in memory: an integer in the machine's byte order, or several.
  mutating func add<Value: BitwiseCopyable>(_ type: Int, _ value: Value) {
    let length = clinux_attribute_header + MemoryLayout<Value>.size
    unsafe bytes.append(count: length.aligned) {
      unsafe $0.storeBytes(of: 0, toByteOffset: length.aligned - 4, as: UInt32.self)
      unsafe $0.storeBytes(of: UInt16(length), as: UInt16.self)
      unsafe $0.storeBytes(of: UInt16(type), toByteOffset: 2, as: UInt16.self)
      unsafe $0.storeBytes(of: value, toByteOffset: clinux_attribute_header, as: Value.self)
    }
  }

  /// Adds a name and the zero that the kernel expects after it.
  mutating func add(_ type: Int, _ name: Name) {
    addHeader(type, length: name.count + 1)
    name.append(to: &bytes)
    repeat { bytes.append(0) } while bytes.count != bytes.count.aligned
  }

  /// Adds an attribute that holds those that `body` adds.
  mutating func addNested(_ type: Int, _ body: (inout Outbox) -> Void) {
    let start = bytes.count
    addHeader(type | clinux_nested, length: 0)
    body(&self)
    patch(UInt16(clamping: bytes.count - start), at: start)
  }

  private mutating func addHeader(_ type: Int, length: Int) {
    bytes.appendNative((UInt16(clamping: clinux_attribute_header + length), UInt16(type)))
  }

  private mutating func patch<Value: BitwiseCopyable>(_ value: Value, at index: Int) {
    unsafe bytes.withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: value, toByteOffset: index, as: Value.self)
    }
  }
}

extension Int {
  /// The length with the padding that netlink puts after messages and attributes: `NLMSG_ALIGN`, `NLA_ALIGN`.
  var aligned: Int { (self + clinux_alignment - 1) & ~(clinux_alignment - 1) }
}
