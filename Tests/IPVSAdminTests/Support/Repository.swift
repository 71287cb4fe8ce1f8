// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The files that belong to the program and are not sources.
enum Repository {
  private struct Missing: Error { let path: String }

  static func read(_ path: String) throws -> String {
    guard let file = unsafe fopen(root + path, "r") else { throw Missing(path: path) }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = unsafe getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) throws {
    guard let file = unsafe fopen(root + path, "w") else { throw Missing(path: path) }
    defer { unsafe fclose(file) }
    unsafe fputs(text, file)
  }

  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/"
}
