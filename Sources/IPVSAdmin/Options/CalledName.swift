// SPDX-License-Identifier: Apache-2.0

/// The names that the program is called by. The other two have few options of their own.
enum CalledName {
  case ipvsadm, save, restore

  /// The name at the end of a path; any other name is the program's own.
  init(path: Text) {
    switch Text(path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? []) {
    case "ipvsadm-save": self = .save
    case "ipvsadm-restore": self = .restore
    default: self = .ipvsadm
    }
  }
}
