// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

@Suite struct NameTests {
  @Test(arguments: ["", "a", "wlc", "12345678", "123456789", "123456789012345", "größe"])
  func textThereAndBack(text: String) throws {
    let name = try #require(Name(text))
    #expect(name.description == text)
    #expect(name.count == text.utf8.count)
    #expect(name.isEmpty == text.isEmpty)
    #expect((0..<name.count).map { name[$0] } == Array(text.utf8))
    #expect(Name("<\(text)>".dropFirst().dropLast()) == name)
  }

  @Test(arguments: ["1234567890123456", "a\0", "\0", "äöüäöüäö", String(repeating: "x", count: 100_000)])
  func otherTextIsNoName(text: String) {
    #expect(Name(text) == nil)
  }

  @Test func bytesThatAreNoTextStay() throws {
    let bytes: [UInt8] = [0xff, 0xfe, 0x80, 0x20, 0x0a, 0xc3]
    let name = try #require(Name(bytes: bytes))
    var appended: [UInt8] = [1]
    name.append(to: &appended)
    #expect(appended == [1] + bytes)
    #expect(name.count == bytes.count)
  }

  @Test func aByteBehindTheLastOneIsZero() {
    let name: Name = "wlc"
    #expect((0..<100).map { name[$0] } == Array("wlc".utf8) + Array(repeating: 0, count: 97))
    let long: Name = "123456789012345"
    #expect((15..<100).allSatisfy { long[$0] == 0 })
  }

  @Test func equality() {
    let names: [Name] = ["", "a", "b", "ab", "ba", "a2345678", "b2345678", "a23456789", "a23456780"]
    #expect(Set(names).count == names.count)
    #expect(Set(names + names).count == names.count)
    for (name, text) in zip(names, names.map(\.description)) {
      #expect(names.filter { $0 == name }.map(\.description) == [text])
    }
  }

  @Test func literals() async {
    #expect("wlc" as Name == Name("wlc"))
    await #expect(processExitsWith: .failure) { _ = "1234567890123456" as Name }
    await #expect(processExitsWith: .failure) { _ = "a\0b" as Name }
  }
}
