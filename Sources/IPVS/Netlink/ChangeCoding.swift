// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Change {
  /// Adds the command and the attributes of the change.
  func encode(into outbox: inout Outbox) {
    switch self {
    case .addService(let service):
      outbox.add(command: IPVS_CMD_NEW_SERVICE)
      outbox.addNested(IPVS_CMD_ATTR_SERVICE, service.encode)
    case .editService(let service):
      outbox.add(command: IPVS_CMD_SET_SERVICE)
      outbox.addNested(IPVS_CMD_ATTR_SERVICE, service.encode)
    case .deleteService(let id): outbox.add(command: IPVS_CMD_DEL_SERVICE, id)
    case .addDestination(let destination, let id):
      outbox.add(command: IPVS_CMD_NEW_DEST, id)
      outbox.addNested(IPVS_CMD_ATTR_DEST, destination.encode)
    case .editDestination(let destination, let id):
      outbox.add(command: IPVS_CMD_SET_DEST, id)
      outbox.addNested(IPVS_CMD_ATTR_DEST, destination.encode)
    case .deleteDestination(let endpoint, let id):
      outbox.add(command: IPVS_CMD_DEL_DEST, id)
      outbox.addNested(IPVS_CMD_ATTR_DEST, endpoint.encodeDestination)
    case .clear: outbox.add(command: IPVS_CMD_FLUSH)
    case .zero(let id): outbox.add(command: IPVS_CMD_ZERO, id)
    case .zeroAll: outbox.add(command: IPVS_CMD_ZERO)
    case .setTimeouts(let timeouts):
      outbox.add(command: IPVS_CMD_SET_CONFIG)
      timeouts.encode(into: &outbox)
    case .startDaemon(let daemon):
      outbox.add(command: IPVS_CMD_NEW_DAEMON)
      outbox.addNested(IPVS_CMD_ATTR_DAEMON, daemon.encode)
    case .stopDaemon(let role):
      outbox.add(command: IPVS_CMD_DEL_DAEMON)
      outbox.addNested(IPVS_CMD_ATTR_DAEMON) { $0.add(IPVS_DAEMON_ATTR_STATE, role.number) }
    }
  }
}
