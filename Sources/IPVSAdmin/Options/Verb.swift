// SPDX-License-Identifier: Apache-2.0

/// The command words of the command line. The raw value is what messages call them.
enum Verb: String, CaseIterable {
  case addService = "add-service"
  case editService = "edit-service"
  case deleteService = "delete-service"
  case clear = "flush"
  case list = "list"
  case addServer = "add-server"
  case editServer = "edit-server"
  case deleteServer = "delete-server"
  case set = "set"
  case startDaemon = "start-daemon"
  case stopDaemon = "stop-daemon"
  case restore = "restore"
  case save = "save"
  case zero = "zero"
  case help = "help"
  case version = "version"
}
