// SPDX-License-Identifier: Apache-2.0

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
    #expect(try name.command(Text.words(line)) == command)
  }

  static let mistakes: [(CalledName, String, String)] = [
    (.save, "-h", "ipvsadm-save: "), (.save, "-n -c", "ipvsadm-save: "),
    (.save, "--numeric", "ipvsadm-save: "),
    (.restore, "-n", "ipvsadm-restore: "), (.restore, "-", "ipvsadm-restore: "),
  ]

  @Test(arguments: mistakes)
  func refuses(name: CalledName, line: String, beginning: String) {
    #expect(throws: Misuse.calledName(name)) { try name.command(Text.words(line)) }
    let complaint = Complaint(.calledName(name), program: "x")
    #expect(complaint.text.string.hasPrefix(beginning))
    #expect(complaint.status == .failure)
  }
}
