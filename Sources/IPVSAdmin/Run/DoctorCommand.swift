// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Says what is wrong on this machine, and what mends it. The status tells whether there are errors.
  func examine(_ options: DoctorOptions, in namespace: Text?, printingTo output: inout Output)
    throws(Complaint) -> ExitCode
  {
    var services: Set<Service.ID> = []
    do { for name in options.services { services.insert(try name.resolved(by: resolver)) } } catch {
      throw Complaint(error, program: name)
    }
    guard SystemFile.exists("/proc/thread-self") else { throw Messages.noProc }
    var examination: Examination
    do { examination = try Examination(isVerbose: options.isVerbose) } catch {
      throw Messages.unreadableNetwork(error)
    }
    if let virtual = options.virtual {
      examination.checkRealServer(for: virtual)
    } else {
      try examineDirector(services, options, &examination)
    }
    if let failure = examination.failure { throw Messages.unreadableNetwork(failure) }
    Diagnosis(
      examination.findings.map { $0.mended(in: namespace) }, unseen: examination.unseen
    ).add(asJSON: options.isJSON, to: &output.text)
    if !options.isJSON, !examination.unseen.isEmpty {
      try output.flush()
      tell(Messages.unseen(examination.unseen))
    }
    return examination.findings.contains { $0.level == .error } ? .failure : .success
  }

  private func examineDirector(
    _ services: Set<Service.ID>, _ options: DoctorOptions, _ examination: inout Examination
  ) throws(Complaint) {
    // To ask for its netlink family would load the module.
    guard SystemFile.exists("/proc/thread-self/net/ip_vs") else {
      return examination.find(
        .error, "no-ipvs", "kernel", "it has no IPVS", "nothing is balanced", "modprobe ip_vs")
    }
    do {
      var kernel = try EitherDirector()
      kernel.isCounting = false
      if kernel.isOlder { examination.unseen += ["services of IPv6", "types of tunnels", "engines"] }
      try examination.examine(services, in: &kernel, whole: true)
    } catch {
      switch error.reason {
      case .refused(.notPermitted):
        guard var kernel = try? Onlooker() else { throw Complaint(error) }
        examination.unseen += [
          "thresholds", "types of tunnels", "scheduler flags", "engines", "synchronization daemons",
        ]
        do { try examination.examine(services, in: &kernel, whole: false) } catch { throw Complaint(error) }
      default: throw Complaint(error)
      }
    }
    for id in services where !examination.entries.contains(where: { $0.id == id }) {
      throw Complaint(IPVSError(.getService, .refused(.noService)))
    }
    if options.isProbing { examination.probe() }
  }
}

extension Examination {
  /// Looks at the services that are asked for, or at all of them; with `whole` at what only root sees, too.
  fileprivate mutating func examine<K: Kernel & ~Copyable>(
    _ services: Set<Service.ID>, in kernel: inout K, whole: Bool
  ) throws(IPVSError) {
    table = try whole ? kernel.wholeTable() : kernel.table()
    SortOrder.sort(&table)
    entries = services.isEmpty ? table.entries : table.entries.filter { services.contains($0.id) }
    evidence = try Evidence(of: table)
    checkKernel(kernel.info)
    checkReversePath()
    checkWideNetmasks()
    checkDaemons()
    checkFirewall()
    for entry in entries {
      checkService(entry)
      checkScheduler(of: entry)
      for status in entry.destinations { check(status.destination, of: entry) }
      checkConnections(of: entry)
      let subject: Text = "\(entry.id)"
      // Packets may have no mark: only the firewall tells.
      let isReached = entry.id.endpoint != nil || firewall?.isComplete == true
      if isReached, isFine(subject) { approve("service", subject, "it takes connections") }
    }
  }
}
