// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// A request to the IPVS family: its command and its attributes, without the headers that the exchange adds.
struct Request: Equatable {
  /// One of `IPVS_CMD_*`.
  let command: UInt8
  private(set) var attributes: [UInt8] = []

  init(_ command: Int) {
    self.command = UInt8(command)
    attributes.reserveCapacity(192)
  }

  /// Adds an integer in the machine's byte order.
  mutating func add(_ type: Int, _ value: some FixedWidthInteger & BitwiseCopyable) {
    open(type, length: value.bitWidth / 8)
    attributes.appendNative(value)
    pad()
  }

  /// Adds bytes as they are.
  mutating func add(_ type: Int, bytes: some Collection<UInt8>) {
    open(type, length: bytes.count)
    attributes += bytes
    pad()
  }

  /// Adds a string with the zero that the kernel wants at its end.
  mutating func add(_ type: Int, _ text: String) {
    open(type, length: text.utf8.count + 1)
    attributes += text.utf8
    attributes.append(0)
    pad()
  }

  /// Adds an attribute that holds those that `body` adds.
  mutating func addNested(_ type: Int, _ body: (inout Request) -> Void) {
    let start = attributes.count
    open(type | cipvs_nested, length: 0)
    body(&self)
    let length = UInt16(clamping: attributes.count - start)
    unsafe attributes.withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: length, toByteOffset: start, as: UInt16.self)
    }
  }

  private mutating func open(_ type: Int, length: Int) {
    attributes.appendNative(UInt16(clamping: cipvs_attribute_header + length))
    attributes.appendNative(UInt16(type))
  }

  private mutating func pad() {
    while attributes.count != attributes.count.aligned { attributes.append(0) }
  }
}
