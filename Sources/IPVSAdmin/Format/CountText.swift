// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Counts in the order in which they are written: most first, and where there are as many, by what the values are
/// called.
struct CountText {
  private struct Line {
    let number: UInt32
    let name: Range<Int>
  }

  /// The names of the values, one after the other.
  private var names = Text()
  private var lines: [Line] = []

  init(_ counts: [ConnectionCount], names table: NameTable) {
    lines.reserveCapacity(counts.count)
    for count in counts {
      let start = names.bytes.count
      names.add(count, table)
      lines.append(Line(number: count.number, name: start..<names.bytes.count))
    }
    let bytes = names.bytes
    lines.sort { (left, right) in
      left.number != right.number ? left.number > right.number : bytes.isOrdered(left.name, right.name)
    }
  }

  /// A line for each.
  func addLines(to text: inout Text) {
    for line in lines {
      text.append(line.number)
      text.add("  ")
      text.bytes += names.bytes[line.name]
      text.add("\n")
    }
  }

  /// The elements of an array in JSON.
  func addElements(to text: inout Text) {
    for line in lines {
      text.open("{")
      text.member("value", string: Text(names.bytes[line.name]))
      text.member("count", line.number)
      text.add("}")
    }
  }
}

extension [UInt8] {
  /// Whether the bytes of one part come before those of another one.
  fileprivate func isOrdered(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      let order = unsafe memcmp(
        start + left.lowerBound, start + right.lowerBound, Swift.min(left.count, right.count))
      return order != 0 ? order < 0 : left.count < right.count
    }
  }
}

extension Text {
  /// What connections have in common, as a listing calls it.
  fileprivate mutating func add(_ count: ConnectionCount, _ names: NameTable) {
    switch count.value {
    case .client(let address):
      if let name = names.hosts[address] { append(name) } else { append(address) }
    case .service(let protocolName, let endpoint):
      append("\(protocolName) ")
      names.add(endpoint, count.transport, to: &self)
    case .mark(let mark, let family): append(Service.ID.mark(mark, family))
    case .server(let endpoint): names.add(endpoint, count.transport, to: &self)
    case .state(let name): append(name)
    }
  }
}
