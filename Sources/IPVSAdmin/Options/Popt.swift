// SPDX-License-Identifier: Apache-2.0

internal import CPopt
internal import Glibc

/// A command line on its way through popt: options come out one by one, then the words that are none.
@safe struct Popt: ~Copyable {
  /// What popt makes of the next option.
  enum Event {
    /// An option of the table with its value, if it has one.
    case option(Option, value: String?)
    /// Not an option, or not as it is declared: popt's own text for it.
    case error(String)
  }

  private let context: poptContext
  private let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  /// A command line without the name of the program.
  init(_ words: [String]) {
    count = words.count + 1
    unsafe arguments = .allocate(capacity: count + 1)
    unsafe arguments[0] = strdup("ipvsadm")
    for (index, word) in words.enumerated() {
      unsafe arguments[index + 1] = word.withCString { unsafe strdup($0) }
    }
    unsafe arguments[count] = nil
    let constant = unsafe UnsafeMutableRawPointer(arguments)
      .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
    unsafe context = poptGetContext("ipvsadm", Int32(count), constant, Self.table, 0)
  }

  deinit {
    unsafe poptFreeContext(context)
    for index in 0..<count { unsafe free(arguments[index]) }
    unsafe arguments.deallocate()
  }

  /// The next option, or nil after the last one.
  mutating func next() -> Event? {
    let code = unsafe poptGetNextOpt(context)
    if code == -1 { return nil }
    guard code > 0 else {
      return unsafe .error("\(badOption): \(String(cString: poptStrerror(code)))")
    }
    var value: String?
    if let text = unsafe poptGetOptArg(context) {
      value = unsafe String(cString: text)
      unsafe free(text)
    }
    return .option(Option.table[Int(code) - 1], value: value)
  }

  /// The option that came last, as it was typed.
  var badOption: String {
    unsafe String(cString: poptBadOption(context, 0))
  }

  /// The words that belong to no option.
  var words: [String] {
    guard var word = unsafe poptGetArgs(context) else { return [] }
    var words: [String] = []
    while let text = unsafe word.pointee {
      unsafe words.append(String(cString: text))
      unsafe word += 1
    }
    return words
  }

  /// The option table as popt wants it. It lives as long as the process; so do the names in it.
  nonisolated(unsafe) private static let table: UnsafeMutablePointer<CPoptOption> = {
    var entries = unsafe [CPoptOption]()
    for (index, option) in Option.table.enumerated() {
      let long = unsafe UnsafeRawPointer(option.long.utf8Start).assumingMemoryBound(to: CChar.self)
      for (position, short) in (option.short.isEmpty ? [0] : Array(option.short.utf8)).enumerated() {
        unsafe entries.append(
          CPoptOption(
            longName: position == 0 && option.long.utf8CodeUnitCount > 0 ? long : nil,
            shortName: CChar(short), argInfo: option.argument.info, arg: nil, val: Int32(index + 1),
            descrip: nil, argDescrip: nil))
      }
    }
    unsafe entries.append(CPoptOption())
    let table = unsafe UnsafeMutablePointer<CPoptOption>.allocate(capacity: entries.count)
    unsafe table.initialize(from: entries, count: entries.count)
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
