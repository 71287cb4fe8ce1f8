// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The program as a whole, which `main` calls with its own arguments.
///
/// They come only from there, because /proc does not have them if it belongs to another namespace or is not mounted.
@c(ipvsadm_run)
public func ipvsadmRun(_ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  var arguments: [Text] = []
  for index in 0..<Int(count) {
    if let word = unsafe words[index] { unsafe arguments.append(Text(cString: word)) }
  }
  return Program(arguments).run().rawValue
}

/// One run of a command line.
struct Program {
  /// The name that the program was called by.
  let name: Text
  let words: [Text]
  let resolver = Resolver()

  init(_ arguments: [Text]) {
    name = arguments.first ?? "ipvsadm"
    words = Array(arguments.dropFirst())
  }

  /// Runs the command line.
  func run() -> ExitCode {
    let invocation: Invocation
    do { invocation = try CalledName(path: name).invocation(words) } catch {
      return tell(Complaint(error, program: name).hinting(Hint.misuse(error, in: words)))
    }
    var output = Output()
    let status: ExitCode
    do { status = try run(invocation, &output) } catch {
      // Output from before the error is still written. If that fails, too, the first error matters more.
      try? output.flush()
      return tell(error)
    }
    do { try output.flush() } catch { return tell(error) }
    return status
  }

  private func run(_ invocation: Invocation, _ output: inout Output) throws(Complaint) -> ExitCode {
    StandardDescriptors.occupy()
    if let namespace = invocation.namespace { try NetworkNamespace.enter(namespace) }
    switch invocation.command {
    case .help, .version: explain(invocation.command, to: &output)
    case .edit(let edit):
      let change = try change(of: edit)
      var kernel = try openKernel()
      try make(change, typed: edit, in: &kernel)
    case .list(let query): try list(query, try service(of: query), to: &output)
    case .restore(let replacing):
      var kernel = try openKernel()
      try restore(replacing: replacing, to: &kernel, printingTo: &output)
    case .gradual(let edit, let seconds):
      let progress = Progress()
      var kernel = try openKernel()
      try make(edit, within: seconds, in: &kernel, showing: progress)
    case .revise(let target, let words):
      var kernel = try openKernel()
      try revise(target, words, in: &kernel)
    case .apply(let options): try apply(options, printingTo: &output)
    case .doctor(let options): return try examine(options, in: invocation.namespace, printingTo: &output)
    }
    return .success
  }

  /// Prints what the program can do, or which version it is.
  func explain(_ command: Command, to output: inout Output) {
    if command == .version {
      output.text.add(Usage.version)
    } else {
      output.text.append(Usage.text(program: name))
    }
  }

  /// The service that is listed, if it is only one.
  func service(of query: ListQuery) throws(Complaint) -> Service.ID? {
    do { return try query.service(by: resolver) } catch { throw Complaint(error, program: name) }
  }

  /// Opens what a change needs, and gives up the rights that it does not need from there on.
  func openKernel() throws(Complaint) -> EitherDirector {
    defer { Rights.keepNetwork() }
    do { return try EitherDirector(loadingModule: true) } catch { throw Complaint(error) }
  }

  /// Prints a line on standard error.
  func tell(_ line: Text) { _ = Output.write("\(line)\n", to: STDERR_FILENO) }

  /// Prints what is wrong, and returns the exit status.
  private func tell(_ complaint: Complaint) -> ExitCode {
    tell(complaint.text)
    tell(hint: complaint.hint)
    return complaint.status
  }

  /// Makes a hint and prints it, if a person reads it.
  func tell(hint: @autoclosure () -> Text?) {
    guard Terminal.hasReader, let hint = hint() else { return }
    _ = Output.writeAsIs(Terminal.line(hint: hint), to: STDERR_FILENO)
  }
}

extension Complaint {
  /// The complaint with a hint, if a person reads it.
  func hinting(_ hint: @autoclosure () -> Text?) -> Complaint {
    var complaint = self
    if Terminal.hasReader { complaint.hint = hint() }
    return complaint
  }
}
