// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import CPopt
internal import IPVS

/// Parses a command line with popt: first the options one by one, then the words that are not options.
@safe struct Popt: ~Copyable {
  private let context: poptContext
  private let arguments: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private let text: UnsafeMutablePointer<CChar>

  /// A command line without the name of the program.
  init(_ words: [Text]) {
    let size = words.reduce(1) { $0 + $1.bytes.count + 1 }
    unsafe text = .allocate(capacity: size)
    unsafe text[0] = 0
    unsafe arguments = .allocate(capacity: words.count + 2)
    unsafe arguments[0] = UnsafePointer(text)
    var position = 1
    for (index, word) in words.enumerated() {
      unsafe arguments[index + 1] = UnsafePointer(text + position)
      for byte in word.bytes {
        unsafe text[position] = CChar(bitPattern: byte)
        position += 1
      }
      unsafe text[position] = 0
      position += 1
    }
    unsafe arguments[words.count + 1] = nil
    unsafe context = poptGetContext(nil, Int32(words.count + 1), arguments, Self.table, 0)
  }

  deinit {
    unsafe poptFreeContext(context)
    unsafe arguments.deallocate()
    unsafe text.deallocate()
  }

  /// The next option with its value, if it has one, or nil after the last one.
  mutating func next() throws(Misuse) -> (option: Option, value: Text?)? {
    let code = unsafe poptGetNextOpt(context)
    if code == -1 { return nil }
    guard code > 0 else { throw .notUnderstood(badOption, code) }
    var value: Text?
    if let text = unsafe poptGetOptArg(context) {
      value = unsafe Text(cString: text)
      unsafe free(text)
    }
    return (Option.table[Int(code) - 1], value)
  }

  /// popt's own text for one of its codes.
  static func text(_ code: Int32) -> Text {
    guard let text = unsafe poptStrerror(code) else { return Text() }
    return unsafe Text(cString: text)
  }

  /// Whether one of popt's codes says that there is no such option.
  static func isUnknownOption(_ code: Int32) -> Bool { code == POPT_ERROR_BADOPT }

  /// The last option, as it was typed.
  var badOption: Text {
    guard let text = unsafe poptBadOption(context, 0) else { return Text() }
    return unsafe Text(cString: text)
  }

  /// The words that belong to no option.
  var words: [Text] {
    guard var word = unsafe poptGetArgs(context) else { return [] }
    var words: [Text] = []
    while let text = unsafe word.pointee {
      unsafe words.append(Text(cString: text))
      unsafe word += 1
    }
    return words
  }

  /// The option table as popt wants it. It lives as long as the process; so do the names in it.
  nonisolated(unsafe) private static let table: UnsafeMutablePointer<CPoptOption> = {
    var entries = unsafe [CPoptOption]()
    for (index, option) in Option.table.enumerated() {
      let long = unsafe UnsafeRawPointer(option.long.utf8Start).assumingMemoryBound(to: CChar.self)
      let letters = option.short.bytes
      for (position, letter) in (letters.isEmpty ? [0] : letters).enumerated() {
        unsafe entries.append(
          CPoptOption(
            longName: position == 0 && option.long.utf8CodeUnitCount > 0 ? long : nil,
            shortName: CChar(letter), argInfo: option.argument.info, arg: nil, val: Int32(index + 1),
            descrip: nil, argDescrip: nil))
      }
    }
    unsafe entries.append(CPoptOption())
    let table = unsafe UnsafeMutablePointer<CPoptOption>.allocate(capacity: entries.count)
    unsafe entries.withUnsafeBufferPointer { entries in
      for index in entries.indices { unsafe (table + index).initialize(to: entries[index]) }
    }
    return unsafe table
  }()
}

extension Option.Argument {
  fileprivate var info: UInt32 {
    switch self {
    case .none, .words: UInt32(POPT_ARG_NONE)
    case .required: UInt32(POPT_ARG_STRING)
    case .optional: UInt32(POPT_ARG_STRING) | UInt32(POPT_ARGFLAG_OPTIONAL)
    }
  }
}
