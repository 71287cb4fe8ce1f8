// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

/// The documentation's programs are those that are built and run.
@Suite struct ArticleTests {
  @Test func theFirstProgramIsTheExample() throws {
    let article = try contents("Sources/IPVS/IPVS.docc/FirstProgram.md")
    let license = "// SPDX-License-Identifier: Apache-2.0\n\n"
    let program = try contents("Examples/weights/Sources/weights/main.swift")
    try #require(program.hasPrefix(license))
    #expect(article.contains("\n```swift\n\(program.dropFirst(license.count))```\n"))
  }

  @Test(arguments: ["HandlingRefusals", "PollingCounters"])
  func theCodeOfAnArticleIsTested(name: String) throws {
    let article = try contents("Sources/IPVS/IPVS.docc/\(name).md")
    let code = try contents("Tests/IPVSTests/Articles/\(name).swift")
    let blocks = article.split(separator: "```swift\n", omittingEmptySubsequences: false).dropFirst()
    #expect(blocks.count > 2)
    for block in blocks {
      let text = block.prefix(upTo: try #require(block.firstRange(of: "```\n")).lowerBound)
      #expect(code.contains("\n\n\(text)\n"), "\(text)")
    }
  }

  private func contents(_ file: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let descriptor = unsafe clinux_open("/\(root)/\(file)", O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0, "\(file)")
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    try #require(count < bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
