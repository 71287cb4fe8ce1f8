// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Flags have names of their scheduler, and some names for all schedulers.
@Suite struct SchedulerFlagTests {
  static let lists: [(scheduler: String, list: String, flags: Service.Flags)] = [
    ("sh", "sh-fallback", .scheduler1), ("sh", "sh-port", .scheduler2),
    ("sh", "sh-port,sh-fallback", [.scheduler1, .scheduler2]),
    ("sh", "sh-port,flag-3", [.scheduler2, .scheduler3]),
    ("mh", "mh-fallback", .scheduler1), ("mh", "mh-port,flag-1", [.scheduler1, .scheduler2]),
    ("rr", "flag-1", .scheduler1), ("wlc", "flag-2,flag-3", [.scheduler2, .scheduler3]),
    ("other", "flag-1,flag-2,flag-3", .scheduler), ("sh", "flag-1,sh-fallback,flag-1", .scheduler1),
    // Empty names do not count.
    ("sh", "", []), ("sh", ",", []), ("sh", ",,sh-port,", .scheduler2),
    ("rr", "flag-1,,flag-2", [.scheduler1, .scheduler2]),
  ]

  @Test(arguments: lists.indices)
  func means(index: Int) throws {
    let (scheduler, list, flags) = Self.lists[index]
    for line in [
      "-A -f 1 -s \(scheduler) --sched-flags=\(list)",
      "-A --sched-flags=\(list) -f 1 --scheduler=\(scheduler)",
    ] {
      guard case .addService(let service) = try Change(line: line) else {
        Issue.record("\(line) adds no service")
        return
      }
      #expect(service.settings.flags == flags, "\(line)")
    }
  }

  static let mistakes: [(options: String, message: String)] = [
    ("-s sh -b mh-port", "incompatible scheduler flag `mh-port'"),
    ("-s sh -b sh-port,mh-fallback", "incompatible scheduler flag `mh-fallback'"),
    ("-s rr -b sh-port", "incompatible scheduler flag `sh-port'"),
    ("-b sh-fallback", "incompatible scheduler flag `sh-fallback'"),
    ("-s s -b sh-port", "incompatible scheduler flag `sh-port'"),
    ("-s sh -b port", "invalid scheduler flag `port'"),
    ("-s sh -b sh-port2", "invalid scheduler flag `sh-port2'"),
    ("-s sh -b SH-PORT", "invalid scheduler flag `SH-PORT'"),
    ("-s sh -b flag-4", "invalid scheduler flag `flag-4'"),
    ("-s sh -b flag-1;flag-2", "invalid scheduler flag `flag-1;flag-2'"),
    // The first mistake is reported.
    ("-s sh -b x,mh-port,y", "invalid scheduler flag `x'"),
  ]

  @Test(arguments: mistakes.indices)
  func isRefused(index: Int) {
    let (options, message) = Self.mistakes[index]
    #expect(Misuse(line: "-A -f 1 \(options)")?.message == message)
  }

  /// The names that are given are the names that are read.
  @Test(arguments: ["sh", "mh", "rr"])
  func namesMeanTheFlags(scheduler: String) throws {
    for bits in 0..<8 as Range<UInt32> {
      var flags: Service.Flags = []
      for (bit, flag) in [Service.Flags.scheduler1, .scheduler2, .scheduler3].enumerated()
      where bits >> bit & 1 == 1 {
        flags.insert(flag)
      }
      let settings = Service.Settings(scheduler: try #require(Name(scheduler)), flags: flags)
      let names = settings.flagNames(losingNone: true).map { "\($0)" }
      #expect(names.count == bits.nonzeroBitCount)
      let line = "-A -f 1 -s \(scheduler) --sched-flags=\(names.joined(separator: ","))"
      #expect(try Change(line: line) == .addService(Service(.mark(1), settings)))
    }
  }
}
