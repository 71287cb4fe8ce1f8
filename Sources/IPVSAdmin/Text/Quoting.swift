// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Text {
  /// A text as a word of a shell's command.
  init(quoting text: Text) {
    self = text
    let isPlain = bytes.allSatisfy { byte in
      let letter = byte | 0x20
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
        || (UInt8(ascii: "-")...UInt8(ascii: ":")).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@")
    }
    if isPlain { return }
    let quote = UInt8(ascii: "'")
    let inner = bytes.flatMap { $0 == quote ? [quote, UInt8(ascii: "\\"), quote, quote] : [$0] }
    bytes = [quote] + inner + [quote]
  }
}

extension Interface {
  /// Its name as a word of a command. The kernel takes nearly any character in it.
  var word: Text { Text(quoting: "\(name)") }
}
