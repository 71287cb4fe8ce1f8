// SPDX-License-Identifier: Apache-2.0

/// Words by which the reference does what ours does by others.
extension MeantDifference {
  private static let services = [
    "-t", "-u", "-f", "--tcp-service", "--udp-service", "--sctp-service", "--fwmark-service",
  ]
  private static let servers = ["-r", "--real-server"]

  /// The places of an option and its value.
  private static func place(of options: [String], in words: [String]) -> Range<Int>? {
    let isShort = { (option: String) in !option.hasPrefix("--") }
    for (place, word) in words.enumerated() {
      if options.contains(word) { return place..<min(place + 2, words.count) }
      if options.contains(where: { word.hasPrefix(isShort($0) ? $0 : "\($0)=") }) { return place..<place + 1 }
    }
    return nil
  }

  private static func isIPv6(_ word: String) -> Bool { word == "-6" || word == "--ipv6" }

  /// The service, and that it is of IPv6, right after the command.
  static func serviceFirst(_ words: [String]) -> [String] {
    var rest = words
    guard let place = place(of: services, in: words) else { return words }
    let service = rest[place]
    rest.removeSubrange(place)
    let marks = rest.filter(isIPv6)
    rest.removeAll(where: isIPv6)
    return rest.prefix(1) + service + marks + rest.dropFirst()
  }

  static func withoutService(_ words: [String]) -> [String] {
    var words = words
    for options in [services, servers] {
      if let place = place(of: options, in: words) { words.removeSubrange(place) }
    }
    words.removeAll(where: isIPv6)
    return words
  }

  static func withoutEmptyFlags(_ words: [String]) -> [String] {
    var words = words
    if let place = place(of: ["-b", "--sched-flags"], in: words), words[place].last?.hasSuffix(",") == true {
      words.removeSubrange(place)
    }
    return words
  }

  /// The address in place of the name of a host that only has one of IPv6.
  static func withAddress(_ word: String) -> String {
    let word = word.replacing("six.test:", with: "[2001:db8::7]:").replacing(
      "[six.test]:", with: "[2001:db8::7]:")
    return word.hasSuffix("six.test") ? word.replacing("six.test", with: "2001:db8::7") : word
  }

  /// A mask and addresses that nothing is wrong with: of the same families, or all of one.
  private static func withGoodValues(_ words: [String], ofOneFamily: Bool) -> [String] {
    var words = words
    for (options, name) in [(services, "-t"), (servers, "-r")] {
      guard let place = place(of: options, in: words), let value = words[place].last else { continue }
      if words[place.lowerBound].hasPrefix("-f") || words[place.lowerBound].hasPrefix("--f") { continue }
      let port = value.hasSuffix(":0") ? ":0" : value.hasSuffix("::") || !value.contains(":") ? "" : ":80"
      let isIPv4 = ofOneFamily || !value.contains("::")
      let host = isIPv4 ? "10.0.0.99" : port.isEmpty ? "2001:db8::99" : "[2001:db8::99]"
      words.replaceSubrange(place, with: [name, host + port])
    }
    // In IPv4 it is 0.0.0.64.
    if let place = place(of: ["-M", "--netmask"], in: words) {
      words.replaceSubrange(place, with: ["-M", "64"])
    }
    return words
  }

  /// The words without what may be a mistake: a value, some words, or both.
  static func withoutMistakes(_ words: [String]) -> [[String]] {
    let bases = [false, true].map { withGoodValues(words, ofOneFamily: $0) }
    return bases
      + ([words] + bases).flatMap { words in
        words.indices.dropFirst().flatMap { place in
          [1, 2].map { Array(words[..<place] + words[place...].dropFirst($0)) }
        }
      }
  }
}
