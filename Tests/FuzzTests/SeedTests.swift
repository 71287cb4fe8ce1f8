// SPDX-License-Identifier: Apache-2.0

import FuzzTargets
import Glibc
import Testing

/// The seeds of each target and every input that it ever failed on, in Tests/Seeds.
@Suite(.serialized) struct SeedTests {
  private static let root =
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Seeds/"

  @Test(arguments: FuzzTarget.all.map(\.name))
  func everySeedIsRead(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let files = try Self.files(in: name)
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try Self.contents("\(name)/\(file)")
      #expect(target.complaint(bytes) == nil, "\(file)")
      // It may be cut off.
      for count in stride(from: 0, to: bytes.count, by: 16) {
        #expect(target.complaint(Array(bytes.prefix(count))) == nil, "\(count) bytes of \(file)")
      }
    }
  }

  @Test func everyFolderIsATarget() throws {
    #expect(try Set(Self.files(in: "")) == Set(FuzzTarget.all.map(\.name)))
  }

  private static func files(in folder: String) throws -> [String] {
    let directory = unsafe try #require(opendir(root + folder))
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func contents(_ path: String) throws -> [UInt8] {
    let file = unsafe try #require(fopen(root + path, "r"))
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = unsafe getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return bytes
  }
}
