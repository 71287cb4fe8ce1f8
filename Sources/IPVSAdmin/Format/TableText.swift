// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes the listings of services.
struct TableText {
  let names: NameTable
  private let style: TableStyle
  private let isExact: Bool

  init(_ query: ListQuery, names: NameTable) {
    self.names = names
    style = .of(query)
    isExact = query.isExact
  }

  func add(_ report: TableReport, to text: inout Text) {
    if report.isFirst { addTitles(of: report, to: &text) }
    for entry in report.table.entries {
      add(entry.service, to: &text)
      for status in entry.destinations { add(status, of: entry.id, to: &text) }
    }
  }

  /// The lines above the services.
  func addTitles(of report: TableReport, to text: inout Text) {
    if report.isWhole { addVersion(report.info, to: &text) }
    addTitle(to: &text)
  }

  /// The line that tells the kernel's version.
  private func addVersion(_ info: KernelInfo, to text: inout Text) {
    text.append("IP Virtual Server version \(info.versionText) (size=\(info.tableSize))\n")
  }

  /// The two lines above the services.
  private func addTitle(to text: inout Text) {
    let first: StaticString = style.hasTitlesFirst ? "Prot LocalAddress:Port" : "  -> RemoteAddress:Port"
    if !style.hasTitlesFirst { text.add("Prot LocalAddress:Port Scheduler Flags\n") }
    text.field(width: 33) { $0.add(first) }
    for (index, column) in style.columns.enumerated() {
      text.add(" ")
      if style.isCounting {
        text.add(column.title, right: column.width)
      } else {
        let isAtEnd = index == style.columns.count - 1 && !style.hasTitlesFirst
        text.field(width: isAtEnd ? 0 : column.width) { $0.add(column.title) }
      }
    }
    text.add("\n")
    if style.hasTitlesFirst { text.add("  -> RemoteAddress:Port\n") }
  }

  /// The line of a service.
  func add(_ status: ServiceStatus, to text: inout Text) {
    let service = status.service
    if style.isCounting {
      text.field(width: 33) { addName(of: service.id, to: &$0) }
      for column in style.columns { add(column.serviceCell(status.statistics), of: column, to: &text) }
      text.add("\n")
    } else {
      addName(of: service.id, to: &text)
      text.add(" ")
      text.append(service.settings.scheduler)
      addFlags(of: service, to: &text)
      text.add("\n")
    }
  }

  /// The line of a server.
  func add(_ status: DestinationStatus, of id: Service.ID, to text: inout Text) {
    let endpoint = status.destination.endpoint
    text.add("  -> ")
    names.addField(endpoint, id.transport, width: 28, limit: limit(endpoint), to: &text)
    for column in style.columns { add(column.cell(status), of: column, to: &text) }
    text.add("\n")
  }

  private func add(_ cell: Column.Cell, of column: Column, to text: inout Text) {
    text.append(cell, width: column.width, isExact: isExact)
  }

  private func addName(of id: Service.ID, to text: inout Text) {
    switch id {
    case .mark(let mark, let family):
      text.append("FWM  \(Int32(bitPattern: mark))")
      if family == .ipv6 { text.add(" IPv6") }
    case .endpoint(let transport, let endpoint):
      text.field(width: 4) { $0.append(transport.name) }
      text.add(" ")
      names.addField(endpoint, transport, width: 0, limit: limit(endpoint), to: &text)
    }
  }

  /// Names of IPv4 are at most as long as their column.
  private func limit(_ endpoint: Endpoint) -> Int { endpoint.address.family == .ipv4 ? 28 : 59 }

  private func addFlags(of service: Service, to text: inout Text) {
    let settings = service.settings
    if !settings.flags.isDisjoint(with: .scheduler) {
      text.add(" (")
      text.add(settings.flagNames(losingNone: false), between: ",")
      text.add(")")
    }
    if let timeout = settings.persistence {
      text.append(" persistent \(timeout)")
      if case .part = settings.netmask {
        text.add(" mask ")
        text.append(settings.netmask, service.id.family)
      }
      if let engine = settings.engine { text.append(" pe \(engine)") }
    }
    if settings.flags.contains(.onePacket) { text.add(" ops") }
  }
}
