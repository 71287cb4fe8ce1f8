// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

@Suite struct BytesTests {
  @Test(arguments: [0, 1, -1, 9, 10, 65535, .max, .min] as [Int64])
  func decimalThereAndBack(number: Int64) {
    let text = String.written { $0.append(decimal: number) }
    #expect(text == "\(number)")
    #expect(UInt64(decimal: Array("\(number.magnitude)".utf8)[...]) == number.magnitude)
  }

  @Test(arguments: ["", "-1", "+1", " 1", "1 ", "0x1", "256", "1000", "99999999999999999999999"])
  func otherTextIsNoByte(text: String) {
    #expect(UInt8(decimal: Array(text.utf8)[...]) == nil)
  }

  @Test func leadingZerosSayNothing() {
    #expect(UInt8(decimal: Array("000000000255".utf8)[...]) == 255)
  }
}
