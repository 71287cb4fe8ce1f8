// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The wording of everything that can be wrong.
enum Messages {
  // MARK: - Files

  static func unreadableRules(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot read the rules: \(error)", .failure)
  }

  static func longRules(mebibytes: Int) -> Complaint {
    Complaint("the rules are longer than \(mebibytes) MiB", .usage)
  }

  static func lostOutput(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot write the output: \(error)", .failure)
  }

  /// `first` is the first of the lines.
  static func unreadableConnections(_ count: Int, first: Text) -> Complaint {
    let rest: Text = count > 1 ? " and \(count - 1) more" : ""
    return Complaint("cannot read this line of /proc/net/ip_vs_conn\(rest): \(first)", .failure)
  }

  // MARK: - Network namespaces

  static func noNamespace(_ name: Text, _ error: ErrorNumber) -> Complaint {
    let text: Text =
      switch error.rawValue {
      case ENOENT: "there is no network namespace `\(name)'"
      case EINVAL: "`\(name)' is not a network namespace"
      case EPERM: "cannot enter the network namespace `\(name)': only root may"
      default: "cannot enter the network namespace `\(name)': \(error)"
      }
    return Complaint(text, .usage)
  }

  // MARK: - The doctor

  static func unreadableNetwork(_ reason: IPVSError.Reason) -> Complaint {
    Complaint("cannot read the network of this machine: \(reason)", .failure)
  }

  static let noProc = Complaint("cannot read /proc, which tells most of what the doctor looks at", .failure)

  /// What the doctor could not see.
  static func unseen(_ things: [Text]) -> Text { "not seen: \(list(things))" }

  /// Things one after another.
  static func list(_ words: [Text]) -> Text {
    var text = Text()
    text.add(words[...], between: ", ")
    return text
  }
}
