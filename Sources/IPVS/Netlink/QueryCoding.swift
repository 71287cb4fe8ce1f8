// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What the kernel can be asked.
enum Query {
  case info
  case services
  case service(Service.ID)
  case destinations(Service.ID)
  case timeouts
  case daemons

  /// Adds the command and the attributes of the query.
  func encode(into outbox: inout Outbox) {
    switch self {
    case .info: outbox.add(command: IPVS_CMD_GET_INFO)
    case .services: outbox.add(command: IPVS_CMD_GET_SERVICE)
    case .service(let id): outbox.add(command: IPVS_CMD_GET_SERVICE, id)
    case .destinations(let id): outbox.add(command: IPVS_CMD_GET_DEST, id)
    case .timeouts: outbox.add(command: IPVS_CMD_GET_CONFIG)
    case .daemons: outbox.add(command: IPVS_CMD_GET_DAEMON)
    }
  }
}

extension Outbox {
  /// Adds a command and the identity of the service that it is about.
  mutating func add(command: Int, _ id: Service.ID) {
    add(command: command)
    addNested(IPVS_CMD_ATTR_SERVICE, id.encode)
  }
}
