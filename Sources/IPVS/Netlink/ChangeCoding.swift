// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Change {
  /// The change as a request.
  var request: Request {
    switch self {
    case .addService(let service): .service(IPVS_CMD_NEW_SERVICE, service.encode)
    case .editService(let service): .service(IPVS_CMD_SET_SERVICE, service.encode)
    case .deleteService(let id): .service(IPVS_CMD_DEL_SERVICE, id.encode)
    case .addDestination(let destination, let id): .destination(IPVS_CMD_NEW_DEST, id, destination.encode)
    case .editDestination(let destination, let id): .destination(IPVS_CMD_SET_DEST, id, destination.encode)
    case .deleteDestination(let endpoint, let id):
      .destination(IPVS_CMD_DEL_DEST, id, endpoint.encodeDestination)
    case .clear: Request(IPVS_CMD_FLUSH)
    case .zero(nil): Request(IPVS_CMD_ZERO)
    case .zero(let id?): .service(IPVS_CMD_ZERO, id.encode)
    case .setTimeouts(let timeouts): Request(IPVS_CMD_SET_CONFIG, timeouts.encode)
    case .startDaemon(let daemon): .daemon(IPVS_CMD_NEW_DAEMON, daemon.encode)
    case .stopDaemon(let role):
      .daemon(IPVS_CMD_DEL_DAEMON) { $0.add(IPVS_DAEMON_ATTR_STATE, role.number) }
    }
  }

  /// What the change is called in errors.
  package var operation: IPVSError.Operation {
    switch self {
    case .addService: .addService
    case .editService: .editService
    case .deleteService: .deleteService
    case .addDestination: .addDestination
    case .editDestination: .editDestination
    case .deleteDestination: .deleteDestination
    case .clear: .clear
    case .zero: .zero
    case .setTimeouts: .setTimeouts
    case .startDaemon: .startDaemon
    case .stopDaemon: .stopDaemon
    }
  }
}

extension Request {
  typealias Encoding = (inout Request) -> Void

  init(_ command: Int, _ encode: Encoding) {
    self.init(command)
    encode(&self)
  }

  /// A request about a service.
  static func service(_ command: Int, _ encode: Encoding) -> Request {
    Request(command) { $0.addNested(IPVS_CMD_ATTR_SERVICE, encode) }
  }

  /// A request about a server of a service.
  static func destination(_ command: Int, _ id: Service.ID, _ encode: Encoding) -> Request {
    Request(command) {
      $0.addNested(IPVS_CMD_ATTR_SERVICE, id.encode)
      $0.addNested(IPVS_CMD_ATTR_DEST, encode)
    }
  }

  /// A request about a daemon.
  static func daemon(_ command: Int, _ encode: Encoding) -> Request {
    Request(command) { $0.addNested(IPVS_CMD_ATTR_DAEMON, encode) }
  }
}
