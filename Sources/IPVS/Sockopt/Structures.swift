// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The structures of the older interface among bytes. What is between their members is zero.
extension Array<UInt8> {
  /// Changes the structure at an offset. The caller ensures that the bytes are there.
  mutating func edit<Structure>(at offset: Int = 0, _ body: (inout Structure) -> Void) {
    unsafe withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe body(&(start + offset).assumingMemoryBound(to: Structure.self).pointee)
    }
  }

  /// Appends a structure, zero but for what `body` sets.
  mutating func append<Structure: BitwiseCopyable>(_ body: (inout Structure) -> Void) {
    let offset = count
    append(contentsOf: repeatElement(0, count: MemoryLayout<Structure>.size))
    edit(at: offset, body)
  }

  /// The structure at an offset. The caller ensures that the bytes are there.
  func structure<Structure: BitwiseCopyable>(at offset: Int = 0) -> Structure {
    unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: Structure.self) }
  }

  /// The values of the entries behind a header, up to the first that is not used; nil if all are used.
  func entries<Entry: BitwiseCopyable, Value>(
    behind header: Int, or part: IPVSError.Part, isUsed: (Entry) -> Bool, _ value: (Entry) -> Value?
  ) throws(IPVSError.Reason) -> [Value]? {
    var values: [Value] = []
    for offset in stride(from: header, to: count, by: MemoryLayout<Entry>.stride) {
      let entry: Entry = structure(at: offset)
      guard isUsed(entry) else { return values }
      guard let value = value(entry) else { throw .malformed(part) }
      values.append(value)
    }
    return nil
  }
}

extension Name {
  /// The name in a member of a structure, up to the zero that ends it.
  init(member: some BitwiseCopyable) {
    var name = Name()
    unsafe withUnsafeBytes(of: member) { bytes in
      for index in 0..<min(Name.limit, bytes.count) {
        let byte = unsafe bytes[index]
        if byte == 0 { break }
        name[index] = byte
      }
    }
    self = name
  }

  /// Puts the name into a member of a structure, which is zero.
  func store(in member: inout some BitwiseCopyable) {
    unsafe withUnsafeMutableBytes(of: &member) { bytes in
      for index in 0..<count { unsafe bytes[index] = self[index] }
    }
  }
}
