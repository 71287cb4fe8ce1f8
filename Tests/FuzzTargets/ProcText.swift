// SPDX-License-Identifier: Apache-2.0

internal import Glibc

@testable internal import IPVS
@testable internal import IPVSAdmin

/// What the kernel's files say.
enum ProcText {
  /// `/proc/net/ip_vs`: whatever it says can be listed and saved.
  static func table(_ bytes: [UInt8]) -> String? {
    MemoryFile.write(bytes)
    guard let file = try? TableFile(MemoryFile.path) else { return nil }
    do {
      var table = Table()
      for service in try file.services() {
        guard let servers = try file.destinations(of: service.id) else { return "\(service.id) is lost" }
        table.entries.append(Table.Entry(ServiceStatus(service), destinations: servers))
      }
      return RuleText.saved(table)
    } catch {
      return error.reason == .malformed(.destination) ? nil : "\(error)"
    }
  }

  /// `/proc/net/ip_vs_conn`: each line behind the title is an entry, or is reported.
  static func connections(_ bytes: [UInt8]) -> String? {
    MemoryFile.write(bytes)
    let lines = bytes.count { $0 == UInt8(ascii: "\n") }
    do throws(IPVSError) {
      var reader = try ConnectionReader(MemoryFile.path)
      var page: [Connection] = []
      var misread = 0
      while true {
        do throws(IPVSError) {
          guard let connection = try reader.next() else { break }
          page.append(connection)
        } catch {
          if error.reason != .malformed(.connection) { throw error }
          misread += 1
        }
      }
      if page.count + misread != max(0, lines - 1) {
        return "\(page.count) entries and \(misread) mistakes in \(lines) lines"
      }
      return Words.printed(.connections(page, isFirst: true, isLast: true))
    } catch {
      return "\(error)"
    }
  }

  /// `/proc/net/ip_vs_stats`.
  static func totals(_ bytes: [UInt8]) -> String? {
    MemoryFile.write(bytes)
    do { _ = try TotalsReader.read(MemoryFile.path) } catch {
      return error.reason == .malformed(.totals) ? nil : "\(error)"
    }
    return nil
  }

  /// `/proc/net/tcp`, `/proc/net/snmp`, `/proc/net/stat/rt_cache` and `/proc/thread-self/status`.
  static func network(_ bytes: [UInt8]) -> String? {
    MemoryFile.write(bytes)
    for endpoint in ["10.0.0.100:80", "[::1]:80"] as [Endpoint] {
      _ = try? Listeners.has(endpoint, in: MemoryFile.path, 10)
    }
    _ = NetworkCounter.named("OutDestUnreachs", behind: "Icmp:", in: MemoryFile.path)
    _ = NetworkCounter.sum("in_martian_src", in: MemoryFile.path)
    _ = ThreadStatus(MemoryFile.path)
    return nil
  }
}

/// A file in memory, in place of one of the kernel's.
private enum MemoryFile {
  /// Where it is for those who open it.
  static let path: StaticString = "/proc/self/fd/900"

  private static let descriptor: Int32 = {
    var name = Array("/dev/shm/XXXXXX".utf8CString)
    let file = unsafe mkstemp(&name)
    guard file >= 0, unsafe unlink(name) == 0, fcntl(900, F_GETFD) < 0, dup2(file, 900) == 900 else {
      fatalError("no file in memory")
    }
    return file
  }()

  static func write(_ bytes: [UInt8]) {
    guard ftruncate(descriptor, 0) == 0, unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    else {
      fatalError("cannot write")
    }
  }
}
