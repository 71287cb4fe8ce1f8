// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The types of requests and of their answers, `nlmsg_type`.
struct MessageTypes {
  let request, answer: UInt16
  /// The size of the header that both have before their attributes.
  let header: Int
}

extension MessageTypes {
  /// Those of a generic netlink family.
  init(family: UInt16) { self.init(request: family, answer: family, header: clinux_family_header) }
}
