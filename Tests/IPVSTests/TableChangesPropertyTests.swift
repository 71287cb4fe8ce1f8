// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVS

/// What holds for the changes between any two tables.
@Suite struct TableChangesPropertyTests {
  private static let pairs = 500

  private func forPairs(_ body: (Table, Table, inout Noise) throws -> Void) throws {
    var random = Noise(seed: Noise.seed)
    for _ in 0..<Self.pairs {
      let (table, goal) = (Table.random(using: &random), Table.random(using: &random))
      try body(table, goal, &random)
    }
  }

  private func kernel(with table: Table) -> RehearsalKernel {
    var kernel = RehearsalKernel()
    _ = kernel.apply(table.entries.flatMap { $0.additions })
    return kernel
  }

  private var seed: Comment { "SEED=\(Noise.seed)" }

  @Test func theChangesGiveTheGoal() throws {
    try forPairs { (table, goal, _) in
      var kernel = kernel(with: table)
      let changes = table.changes(to: goal)
      #expect(kernel.apply(changes).allSatisfy { $0 == nil }, seed)
      let result = try kernel.table()
      #expect(result.configuration == goal.configuration, seed)
      #expect(result.settings == goal.settings, seed)
      #expect(result.changes(to: goal).isEmpty, seed)
      #expect(Set(changes).count == changes.count, seed)
    }
  }

  @Test func equalTablesNeedNoChange() throws {
    try forPairs { (table, _, random) in
      let goal = Table(
        table.entries.map { Table.Entry($0.service, destinations: $0.destinations.shuffled(using: &random)) }
          .shuffled(using: &random))
      #expect(table.changes(to: goal).isEmpty, seed)
      #expect(table.changes(to: goal, keeping: [.otherServices, .weights]).isEmpty, seed)
    }
  }

  /// At no moment does a service lose a server that it has before and after.
  @Test func whatStaysIsThereAllTheTime() throws {
    try forPairs { (table, goal, _) in
      let (before, after) = (table.configuration, goal.configuration)
      var kernel = kernel(with: table)
      var hasRemoved = false
      for change in table.changes(to: goal) {
        _ = kernel.apply([change])
        #expect(!hasRemoved || change.isRemoval, seed)
        hasRemoved = change.isRemoval
        let now = try kernel.table().configuration
        for (id, servers) in before {
          guard let wanted = after[id] else { continue }
          for server in servers.keys where wanted[server] != nil {
            #expect(now[id]?[server] != nil, "\(id) \(String(describing: server)) \(seed)")
          }
          if servers.count > 1, wanted.count > 1 { #expect(now[id]?.count ?? 0 > 1, seed) }
        }
      }
    }
  }

  @Test func otherServicesAreKept() throws {
    try forPairs { (table, goal, _) in
      var kernel = kernel(with: table)
      _ = kernel.apply(table.changes(to: goal, keeping: .otherServices))
      let result = try kernel.table()
      #expect(result.configuration == table.configuration.merging(goal.configuration) { $1 }, seed)
      #expect(result.settings == table.settings.merging(goal.settings) { $1 }, seed)
    }
  }

  @Test func weightsAreKept() throws {
    try forPairs { (table, goal, _) in
      var kernel = kernel(with: table)
      _ = kernel.apply(table.changes(to: goal, keeping: .weights))
      var expected = goal
      for index in expected.entries.indices {
        for server in expected.entries[index].destinations.indices {
          let (id, endpoint) = (expected.entries[index].id, expected.entries[index].destinations[server].id)
          guard let old = table.configuration[id]?[endpoint]?.first else { continue }
          expected.entries[index].destinations[server].destination.settings.weight = old.weight
        }
      }
      let result = try kernel.table()
      #expect(result.configuration == expected.configuration, seed)
      #expect(result.changes(to: goal, keeping: .weights).isEmpty, seed)
    }
  }

  /// Whichever of the changes were made, they can be taken back.
  @Test func takenBackIsAsBefore() throws {
    try forPairs { (table, goal, random) in
      var kernel = kernel(with: table)
      var made: [Change] = []
      for change in table.changes(to: goal) where Int.random(in: 0..<4, using: &random) > 0 {
        if kernel.apply([change]) == [nil] { made.append(change) }
      }
      #expect(kernel.apply(table.takingBack(made)).allSatisfy { $0 == nil }, seed)
      let result = try kernel.table()
      #expect(result.configuration == table.configuration, seed)
      #expect(result.settings == table.settings, seed)
    }
  }
}

extension Change {
  fileprivate var isRemoval: Bool {
    switch self {
    case .deleteService, .deleteDestination: true
    default: false
    }
  }
}
