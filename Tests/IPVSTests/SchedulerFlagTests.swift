// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

@Suite struct SchedulerFlagTests {
  static let names: [(settings: Service.Settings, listed: [String], kept: [String])] = [
    (Service.Settings(), [], []),
    (Service.Settings(flags: .onePacket), [], []),
    (
      Service.Settings(flags: [.scheduler3, .scheduler1]), ["flag-1", "flag-3"], ["flag-1", "flag-3"]
    ),
    (
      Service.Settings(scheduler: "sh", flags: .scheduler), ["sh-fallback", "sh-port"],
      ["sh-fallback", "sh-port", "flag-3"]
    ),
    (Service.Settings(scheduler: "mh", flags: .scheduler2), ["mh-port"], ["mh-port"]),
    (Service.Settings(scheduler: "mh", flags: .scheduler3), [], ["flag-3"]),
  ]

  @Test(arguments: names)
  func aListingLeavesOutWhatARuleKeeps(settings: Service.Settings, listed: [String], kept: [String]) {
    #expect(settings.flagNames(losingNone: false).map(\.description) == listed)
    #expect(settings.flagNames(losingNone: true).map(\.description) == kept)
  }
}
