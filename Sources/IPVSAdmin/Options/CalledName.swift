// SPDX-License-Identifier: Apache-2.0

/// The names that the program goes by. What the two others do, they do with few options of their own.
enum CalledName {
  case ipvsadm, save, restore

  /// The name at the end of a path; any other name is the program's own.
  init(path: Text) {
    switch Text(path.bytes.split(separator: UInt8(ascii: "/")).last ?? []) {
    case "ipvsadm-save": self = .save
    case "ipvsadm-restore": self = .restore
    default: self = .ipvsadm
    }
  }
}
