// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Text {
  /// Appends a mask as in options and listings: for IPv4 as an address, for IPv6 as the length of a prefix.
  mutating func append(_ netmask: Netmask, _ family: AddressFamily) {
    let number = netmask.number(family)
    if family == .ipv4 { append(Address(ipv4: number)) } else { append(number) }
  }
}
