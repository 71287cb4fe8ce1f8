// SPDX-License-Identifier: Apache-2.0

/// What the doctor has found, as text.
struct Diagnosis {
  private let findings: [Finding]
  private let unseen: [Text]

  init(_ findings: [Finding], unseen: [Text]) {
    self.findings = findings
    self.unseen = unseen
  }

  /// Appends a line for each finding, or one JSON document.
  func add(asJSON isJSON: Bool, to text: inout Text) {
    guard isJSON else {
      for finding in findings { finding.append(to: &text) }
      return
    }
    text.open("{")
    text.open("[", "findings")
    for finding in findings { finding.appendJSON(to: &text) }
    text.add("]")
    text.open("[", "unseen")
    for what in unseen { text.element(string: what) }
    text.add("]}\n")
  }
}
