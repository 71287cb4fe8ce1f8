// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// What the program does under its other names.
@Suite struct CalledNameTests {
  static let names: [(String, CalledName)] = [
    ("ipvsadm", .ipvsadm), ("/sbin/ipvsadm", .ipvsadm), ("", .ipvsadm), ("/", .ipvsadm),
    ("anything", .ipvsadm),
    ("ipvsadm-save", .save), ("/usr/sbin/ipvsadm-save", .save), ("./ipvsadm-save/", .ipvsadm),
    ("ipvsadm-restore", .restore), ("/sbin/ipvsadm-restore", .restore), ("ipvsadm-save/x", .ipvsadm),
    ("my-ipvsadm-save", .ipvsadm),
  ]

  @Test(arguments: names)
  func isCalled(path: String, name: CalledName) {
    #expect(CalledName(path: Text(path)) == name)
  }

  static let lines: [(CalledName, String, Command)] = [
    (.save, "", .save(isNumeric: false)), (.save, "-n", .save(isNumeric: true)),
    (.save, "-n -n", .save(isNumeric: true)),
    (.save, "word -n word", .save(isNumeric: true)), (.restore, "", .restore(replacing: true)),
    (.restore, "word", .restore(replacing: true)), (.ipvsadm, "-R", .restore(replacing: false)),
  ]

  @Test(arguments: lines)
  func means(name: CalledName, line: String, command: Command) throws {
    #expect(try name.invocation(Text.words(line)) == Invocation(command))
  }

  static let namespaces: [(CalledName, String, Command, Text)] = [
    (.save, "--netns blue -n", .save(isNumeric: true), "blue"),
    (.save, "-n word --netns=/proc/1/ns/net", .save(isNumeric: true), "/proc/1/ns/net"),
    (.restore, "--netns -n", .restore(replacing: true), "-n"),
    (.restore, "--netns=", .restore(replacing: true), ""),
    (.ipvsadm, "-Sn --netns blue", .save(isNumeric: true), "blue"),
    (.ipvsadm, "--set 1 --netns blue 2 3", .edit(.setTimeouts(Timeouts(tcp: 1, tcpFin: 2, udp: 3))), "blue"),
    (.ipvsadm, "-R --netns=blue", .restore(replacing: false), "blue"),
  ]

  @Test(arguments: namespaces)
  func inAnotherNamespace(name: CalledName, line: String, command: Command, namespace: Text) throws {
    #expect(try name.invocation(Text.words(line)) == Invocation(command, namespace: namespace))
  }

  /// Help and the version are the same in every namespace.
  @Test(arguments: ["-h --netns blue", "-v --netns", "--help --netns=blue --netns=red"])
  func helpNeedsNoNamespace(line: String) throws {
    #expect(try CalledName.ipvsadm.invocation(Text.words(line)).namespace == nil)
  }

  static let mistakes: [(CalledName, String, String)] = [
    (.save, "-h", "ipvsadm-save: "), (.save, "-n -c", "ipvsadm-save: "),
    (.save, "--numeric", "ipvsadm-save: "),
    (.restore, "-n", "ipvsadm-restore: "), (.restore, "-", "ipvsadm-restore: "),
    (.save, "--netns", "ipvsadm-save: "), (.save, "--netns a --netns b", "ipvsadm-save: "),
    (.restore, "--netnsx", "ipvsadm-restore: "),
  ]

  @Test(arguments: mistakes)
  func refuses(name: CalledName, line: String, beginning: String) {
    #expect(throws: Misuse.calledName(name)) { try name.invocation(Text.words(line)) }
    let complaint = Complaint(.calledName(name), program: "x")
    #expect(complaint.text.string.hasPrefix(beginning))
    #expect(complaint.status == .failure)
  }
}
