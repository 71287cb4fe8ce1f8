// SPDX-License-Identifier: Apache-2.0

import TestNoise

/// Random rules that the kernel takes, of all kinds of services and servers.
struct RandomRules {
  private struct Service {
    /// The options that it is told by.
    let name: String
    let settings: String
    /// Server options by what tells servers apart.
    let servers: [String: String]
  }

  private var services: [Service] = []
  private var timeouts = ""

  /// The rules, in random order.
  func text(_ noise: inout Noise) -> String {
    var text = timeouts
    for service in services.shuffled(using: &noise) {
      text += "-A \(service.name)\(service.settings)\n"
      for (name, settings) in service.servers.sorted(by: { $0.key < $1.key }).shuffled(using: &noise) {
        text += "-a \(service.name) -r \(name)\(settings)\n"
      }
    }
    return text
  }

  private static let names = [
    "-t 1.2.3.4:80", "-t 1.2.3.4:0", "-t [2001:db8::4]:80", "-u 1.2.3.4:5060", "-u 1.2.3.4:0",
    "-u [2001:db8::4]:53",
    "--sctp-service 1.2.3.4:80", "--sctp-service [2001:db8::4]:0", "-f 1", "-f 4294967295", "-f 1 -6",
    "-f 2 -6",
  ]

  static func random(_ noise: inout Noise) -> RandomRules {
    var rules = RandomRules()
    rules.services = names.filter { _ in noise.once(in: 2) }.map { service($0, &noise) }
    return rules
  }

  /// Other rules, which have all, some or nothing in common with these.
  func other(_ noise: inout Noise) -> RandomRules {
    var rules = self
    if noise.once(in: 3) { rules.timeouts = "--set \(noise.pick([0, 900, 7])) 0 \(noise.pick([0, 9]))\n" }
    let inCommon = noise.pick([0, 1, 2, 3, 4])
    if inCommon == 4 { return rules }
    let known = Dictionary(uniqueKeysWithValues: services.map { ($0.name, $0) })
    rules.services = Self.names.compactMap { name in
      let isInCommon = Int.random(in: 0..<4, using: &noise) < inCommon
      guard let old = known[name] else {
        return !isInCommon && noise.once(in: 2) ? Self.service(name, &noise) : nil
      }
      if isInCommon { return old }
      let new = Self.service(name, &noise)
      switch Int.random(in: 0..<4, using: &noise) {
      case 0: return nil
      case 1: return Service(name: name, settings: old.settings, servers: new.servers)
      case 2: return Service(name: name, settings: new.settings, servers: old.servers)
      default: return new
      }
    }
    return rules
  }

  private static func service(_ name: String, _ noise: inout Noise) -> Service {
    let isIPv6 = name.contains("[") || name.hasSuffix("-6")
    let scheduler = noise.pick(
      ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "sh", "mh"])
    var settings = " -s \(scheduler)"
    if name.contains(":0") || noise.once(in: 2) {
      settings += " -p \(noise.pick([1, 360, 86400]))"
      if noise.once(in: 2) {
        settings += " -M \(isIPv6 ? noise.pick(["64", "1"]) : noise.pick(["255.255.0.0", "0.0.0.0"]))"
      }
      if name.hasPrefix("-u"), noise.once(in: 2) { settings += " --pe sip" }
    }
    if name.hasPrefix("-u") || name.hasPrefix("-f"), noise.once(in: 3) { settings += " -o" }
    if scheduler == "sh" || scheduler == "mh" {
      settings += noise.pick([
        "", " -b \(scheduler)-port", " -b \(scheduler)-fallback,\(scheduler)-port", " -b flag-3",
      ])
    }
    let servers = (0..<Int.random(in: 0...6, using: &noise)).map { _ in
      server(of: name, isIPv6: isIPv6, &noise)
    }
    return Service(name: name, settings: settings, servers: Dictionary(servers) { $1 })
  }

  private static func server(of service: String, isIPv6: Bool, _ noise: inout Noise) -> (String, String) {
    let number = Int.random(in: 1...8, using: &noise)
    var settings = noise.pick([
      " -m", " -g", " -i",
      " -i --tun-type gue --tun-port \(noise.pick([1, 6080]))\(noise.pick(["", " --tun-csum", " --tun-remcsum"]))",
      " -i --tun-type gre\(noise.pick(["", " --tun-csum"]))",
    ])
    let isOther = settings.hasPrefix(" -i") && noise.once(in: 3)
    let address = isIPv6 != isOther ? "[fd00::\(number)]" : "10.9.0.\(number)"
    // Only a masqueraded server has a port of its own; the others' is the service's.
    let port = settings == " -m" ? ":\(noise.pick([80, 8080]))" : service.hasPrefix("-f") ? ":0" : ":80"
    if noise.once(in: 2) { settings += " -w \(noise.pick([0, 2, 9, 2_147_483_647]))" }
    if noise.once(in: 3) {
      let upper = noise.pick([1, 100, 2_147_483_647])
      settings += " -x \(upper)\(noise.pick(["", " -y 1", " -y \(upper)"]))"
    }
    return (address + port, settings)
  }
}
