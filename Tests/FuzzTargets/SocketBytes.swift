// SPDX-License-Identifier: Apache-2.0

internal import CLinux

@testable internal import IPVS

/// What the older interface writes, behind a byte that says what was asked. As much is read as the kernel would have
/// been given room for.
enum SocketBytes {
  static func answer(_ bytes: [UInt8]) -> String? {
    guard let kind = bytes.first else { return nil }
    let answer = Array(bytes.dropFirst())
    do throws(IPVSError.Reason) {
      switch kind % 4 {
      case 0:
        let values = try answer.whole(clinux_services_header, ip_vs_service_entry.self).entries(
          behind: clinux_services_header, or: .service,
          isUsed: { (entry: ip_vs_service_entry) in entry.protocol != 0 }, ServiceStatus.init)
        for value in values ?? [] {
          let bytes = Change.addService(value.service).command.bytes.whole(0, ip_vs_service_entry.self)
          let again = ServiceStatus(bytes.structure() as ip_vs_service_entry)
          if again?.service != value.service { return "\(value.service) became \(again, default: "none")" }
        }
      case 1:
        let values = try answer.whole(clinux_destinations_header, ip_vs_dest_entry.self).entries(
          behind: clinux_destinations_header, or: .destination,
          isUsed: { (entry: ip_vs_dest_entry) in entry.addr != 0 }, DestinationStatus.init)
        for value in values ?? [] {
          let command = Change.addDestination(value.destination, to: .mark(1)).command.bytes
          let bytes = Array(command.dropFirst(MemoryLayout<ip_vs_service_user>.size))
            .whole(0, ip_vs_dest_entry.self)
          let again = DestinationStatus(bytes.structure() as ip_vs_dest_entry)
          if again?.destination != value.destination {
            return "\(value.destination) became \(again, default: "none")"
          }
        }
      case 2:
        let users: (ip_vs_daemon_user, ip_vs_daemon_user) =
          answer.whole(0, (ip_vs_daemon_user, ip_vs_daemon_user).self).structure()
        for daemon in [users.0, users.1].compactMap({ SyncDaemon($0) }) {
          let bytes = Change.startDaemon(daemon).command.bytes
          let again = SyncDaemon(bytes.structure() as ip_vs_daemon_user)
          if again != daemon { return "\(daemon) became \(again, default: "none")" }
        }
      default:
        let timeouts = Timeouts(answer.whole(0, ip_vs_timeout_user.self).structure())
        let again = Timeouts(Change.setTimeouts(timeouts).command.bytes.structure() as ip_vs_timeout_user)
        if again != timeouts { return "\(timeouts) became \(again)" }
      }
    } catch {}
    return nil
  }
}

extension [UInt8] {
  /// The bytes with zeros behind them, up to the end of a structure, of which there is one at least.
  fileprivate func whole<Structure>(_ header: Int, _: Structure.Type) -> [UInt8] {
    let size = MemoryLayout<Structure>.stride
    let structures = Swift.max(1, (count - header + size - 1) / size)
    return self + [UInt8](repeating: 0, count: Swift.max(0, header + structures * size - count))
  }
}
