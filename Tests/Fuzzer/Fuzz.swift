// SPDX-License-Identifier: Apache-2.0

internal import FuzzTargets
internal import Glibc

/// The target that `FUZZ` names.
private let target: FuzzTarget = {
  let name = unsafe getenv("FUZZ").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fatalError("FUZZ is none of \(FuzzTarget.all.map(\.name))")
  }
  return target
}()

/// Reads an input, and ends with a trap when something is wrong: what libFuzzer calls.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  if let complaint = unsafe target.complaint(Array(UnsafeBufferPointer(start: start, count: count))) {
    fatalError(complaint)
  }
  return 0
}
