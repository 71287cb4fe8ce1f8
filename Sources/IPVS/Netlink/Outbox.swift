// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Requests to the kernel, one after another: `struct nlmsghdr`, `struct genlmsghdr`, attributes.
struct Outbox {
  private(set) var bytes: [UInt8] = []
  private var start = 0

  /// Begins a message of a type; what is added from here on belongs to it, until it is closed.
  mutating func open(_ type: UInt16, flags: Int, sequence: UInt32) {
    start = bytes.count
    bytes.appendNative(UInt32(clinux_message_header))
    bytes.appendNative(type)
    bytes.appendNative(UInt16(flags))
    bytes.appendNative(sequence)
    bytes.appendNative(UInt32(0))
  }

  /// Closes the message, whose length is known now.
  mutating func close() {
    patch(UInt32(clamping: bytes.count - start), at: start)
  }

  /// Adds the command for the IPVS family, one of `IPVS_CMD_*`. It comes before all attributes.
  mutating func add(command: Int) {
    bytes.append(UInt8(command))
    bytes.append(UInt8(IPVS_GENL_VERSION))
    bytes.appendNative(UInt16(0))
  }

  /// Adds an integer in the machine's byte order.
  mutating func add(_ type: Int, _ value: some FixedWidthInteger & BitwiseCopyable) {
    addHeader(type, length: value.bitWidth / 8)
    bytes.appendNative(value)
    pad()
  }

  /// Adds bytes as they are.
  mutating func add(_ type: Int, bytes value: some Collection<UInt8>) {
    addHeader(type, length: value.count)
    bytes += value
    pad()
  }

  /// Adds a name and the zero that the kernel expects after it.
  mutating func add(_ type: Int, _ name: Name) {
    addHeader(type, length: name.count + 1)
    name.append(to: &bytes)
    bytes.append(0)
    pad()
  }

  /// Adds an attribute that holds those that `body` adds.
  mutating func addNested(_ type: Int, _ body: (inout Outbox) -> Void) {
    let start = bytes.count
    addHeader(type | clinux_nested, length: 0)
    body(&self)
    patch(UInt16(clamping: bytes.count - start), at: start)
  }

  private mutating func addHeader(_ type: Int, length: Int) {
    bytes.appendNative(UInt16(clamping: clinux_attribute_header + length))
    bytes.appendNative(UInt16(type))
  }

  private mutating func pad() {
    while bytes.count != bytes.count.aligned { bytes.append(0) }
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
