// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// A connection that asks whether a server answers.
private struct Probe {
  let subject: Text
  let endpoint: Endpoint
  let isMasquerading: Bool
}

/// Asks servers for connections.
extension Examination {
  /// How many servers are asked at a time, and for how many milliseconds.
  private static let (limit, patience) = (64, 2000)

  /// Asks each server of TCP for a connection, once, and says who answers.
  mutating func probe() {
    var probes: [Probe] = []
    for entry in entries {
      for status in entry.destinations {
        let subject = Text(naming: status.id, of: entry.id)
        guard entry.id.transport == .tcp, status.id.port != 0 else {
          unseen.append("whether \(subject) answers")
          continue
        }
        probes.append(
          Probe(
            subject: subject, endpoint: status.id,
            isMasquerading: status.destination.settings.forwarding == .masquerade))
      }
    }
    for start in stride(from: 0, to: probes.count, by: Self.limit) {
      ask(probes[start..<min(start + Self.limit, probes.count)])
    }
  }

  private mutating func ask(_ probes: ArraySlice<Probe>) {
    var waiting: [(probe: Probe, poll: pollfd)] = []
    let start = Clock.milliseconds
    for probe in probes {
      let descriptor = connect(to: probe.endpoint)
      if descriptor < 0 {
        judge(probe, ErrorNumber(rawValue: -descriptor), milliseconds: 0)
      } else {
        waiting.append((probe, pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)))
      }
    }
    while !waiting.isEmpty {
      let left = Self.patience - (Clock.milliseconds - start)
      var polls = waiting.map { $0.poll }
      guard left > 0, unsafe poll(&polls, nfds_t(polls.count), Int32(left)) != 0 else { break }
      for index in polls.indices.reversed() where polls[index].revents != 0 {
        let (probe, poll) = waiting.remove(at: index)
        let error = clinux_socket_error(poll.fd)
        close(poll.fd)
        judge(
          probe, error == 0 ? nil : ErrorNumber(rawValue: error), milliseconds: Clock.milliseconds - start)
      }
    }
    for (probe, poll) in waiting {
      close(poll.fd)
      judge(probe, ErrorNumber(rawValue: ETIMEDOUT), milliseconds: Self.patience)
    }
  }

  private mutating func judge(_ probe: Probe, _ error: ErrorNumber?, milliseconds: Int) {
    guard let error else {
      return approve("answer", probe.subject, "it answers in \(milliseconds) ms")
    }
    if error.rawValue == ECONNREFUSED {
      find(
        probe.isMasquerading ? .error : .warning, "refused", probe.subject, "it refuses a connection",
        probe.isMasquerading
          ? "clients are refused" : "its program listens on the service's address only, or nowhere",
        "ss -ltn",
        on: probe.endpoint.address)
    } else {
      find(
        .error, "no-answer", probe.subject, "a connection to it fails: \(error)", "clients hang",
        "ping -c 1 \(probe.endpoint.address)")
    }
  }
}

/// Begins to connect, without waiting. Returns the socket, or a negative errno.
private func connect(to endpoint: Endpoint) -> Int32 {
  var text: [UInt8] = []
  endpoint.address.append(to: &text)
  text.append(0)
  return unsafe text.withUnsafeBytes {
    unsafe clinux_connect(
      $0.assumingMemoryBound(to: CChar.self).baseAddress.unsafelyUnwrapped, endpoint.port)
  }
}
