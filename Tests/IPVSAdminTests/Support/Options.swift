// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

// What the tests need from the option table, and the program does not.

extension Option {
  /// The option of a long name.
  static func named(_ long: String) throws -> Option {
    try #require(table.first { "\($0.long)" == long }, "there is no option --\(long)")
  }

  /// The option as it is typed, the long form first.
  var spellings: [String] {
    (long.utf8CodeUnitCount > 0 ? ["--\(long)"] : [])
      + "\(short)".map { "-\($0)" }
  }

  var firstSpelling: String { spellings[0] }

  var verb: Verb? { if case .command(let verb) = role { verb } else { nil } }

  var kind: Kind? { if case .kind(let kind) = role { kind } else { nil } }

  /// The values, where the table has them.
  var values: [String] {
    switch completion {
    case .oneOf(let words), .word(let words), .list(let words): words().map { "\($0)" }
    case .nothing, .service, .server, .interface, .client, .state, .namespace: []
    }
  }

  /// A value that the option takes; nil where it takes none, or need not have one.
  var sample: String? {
    guard case .required = argument else { return nil }
    switch "\(long)" {
    case "tcp-service", "udp-service", "sctp-service", "real-server": return "1.2.3.4:80"
    case "virtual": return "1.2.3.4"
    case "client": return "1.2.3.0/24"
    case "state": return "ESTABLISHED"
    case "mcast-group": return "224.0.0.81"
    default: return values.first ?? "1"
    }
  }

  /// The words of the option with its sample.
  var words: [String] { [firstSpelling] + (sample.map { [$0] } ?? []) }
}

extension Option: CustomTestStringConvertible {
  var testDescription: String { firstSpelling }
}

extension Kind: CustomTestStringConvertible {
  var testDescription: String { "\(name)" }
}
