// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Messages about command lines, except those that the tests of whole lines cover.
@Suite struct MisuseMessageTests {
  static let verbs: [(Verb, String)] = [
    (.addService, "add-service"), (.editService, "edit-service"), (.deleteService, "delete-service"),
    (.clear, "flush"), (.list, "list"), (.addDestination, "add-server"), (.editDestination, "edit-server"),
    (.deleteDestination, "delete-server"), (.set, "set"), (.startDaemon, "start-daemon"),
    (.stopDaemon, "stop-daemon"), (.restore, "restore"), (.save, "save"), (.zero, "zero"),
  ]

  @Test(arguments: verbs)
  func commandsHaveNames(verb: Verb, name: String) {
    #expect(
      Misuse.illegal(.exact, .command(verb)).message == "Illegal 'exact' option with the '\(name)' command")
    #expect(
      Misuse.needed(.service, .command(verb)).message
        == "You need to supply the 'service-address' option for the '\(name)' command")
    #expect(
      Misuse.conflict(.exact, .service, .command(verb)).message
        == "The option 'exact' conflicts with the 'service-address' option in the '\(name)' command")
  }

  @Test func programsAreNamedAsTheyWereCalled() {
    #expect(
      Messages.text(.noCommand, program: "./my ipvsadm").string
        == "Try `./my ipvsadm -h' or './my ipvsadm --help' for more information.")
  }

  @Test func whatWasTypedIsInItAsItIs() {
    let typed = Text([0xff, 0x1b])
    for misuse in [
      .unexpectedWord(typed), .timeout(typed), .mark(typed), .flag(typed), .secondCommand(typed),
    ] as [Misuse] {
      #expect(Messages.text(misuse, program: "x").bytes.split(separator: 0xff).count == 2)
      #expect(Messages.text(misuse, program: "x").bytes.contains(0x1b))
    }
  }

  @Test func rulesInRules() {
    #expect(Complaint(.nestedRules, program: "x") == Complaint("rules cannot restore rules", .usage))
    #expect(
      Complaint(.namespaceInRules, program: "x")
        == Complaint("rules cannot enter a network namespace", .usage))
    #expect(Complaint(.watchInRules, program: "x") == Complaint("rules cannot watch a listing", .usage))
  }
}
