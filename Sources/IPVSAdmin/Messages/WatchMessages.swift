// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a screen says of itself.
extension Messages {
  static func noScreen(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot use the terminal: \(error)", .failure)
  }

  /// The last line of a screen: when its rows were read, what is wrong with them, which of them it shows, how many are
  /// new and how many have gone, and how they are sorted if they can be.
  static func status(
    of rows: Range<Int>, among count: Int, at time: Text, every seconds: Int, _ order: WatchOrder?,
    new: Int, gone: Int, remark: Text?
  ) -> Text {
    var text: Text = "\(time)  every \(seconds) s"
    if let line = remark?.bytes.split(separator: UInt8(ascii: "\n")).first { text.append("  \(Text(line))") }
    let shown = rows.isEmpty ? 0...0 : rows.lowerBound + 1...rows.upperBound
    text.append("  \(shown.lowerBound)-\(shown.upperBound) of \(count)")
    if new > 0 { text.append(", \(new) new") }
    if gone > 0 { text.append(", \(gone) gone") }
    if let order { text.append("  \(order.name) (s)") }
    text.add("  arrows scroll  q leaves")
    return text
  }

  static let withoutRates: Text = "only root sees rates"
}

extension WatchOrder {
  fileprivate var name: StaticString {
    switch self {
    case .usual: "in usual order"
    case .rate: "by rate"
    case .connections: "by connections"
    }
  }
}
