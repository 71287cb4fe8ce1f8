// SPDX-License-Identifier: Apache-2.0

/// `/proc/net/ip_vs` of the calling thread's network namespace, which everyone may read, as it was at one time. It is
/// faster than netlink.
///
/// The file does not have scheduler flags, engines, thresholds, tunnel types, IPv6 netmasks and counters; the result
/// has them as not configured. Every mark appears as one of IPv4.
package struct TableFile {
  /// A line, by the chunk that it is in and its offset there.
  private struct Place {
    var chunk: Int
    var offset: Int
  }

  /// What the first line says.
  package let info: KernelInfo
  /// Whether the whole file was read.
  package private(set) var isWhole = false
  /// The text after the titles, in chunks of whole lines: it takes less room than what it says.
  private var chunks: [[UInt8]] = []
  /// The lines of services.
  private var lines: [Place] = []
  /// Which of them is a service's.
  private var indices: [Service.ID: Int] = [:]

  /// Reads the file, for so many milliseconds at most. Throws `ENOENT` when the kernel has no IPVS, and
  /// ``IPVSError/Reason/malformed(_:)`` for a line that is neither a service nor a server.
  package init(milliseconds: Int? = nil) throws(IPVSError) {
    try self.init("/proc/thread-self/net/ip_vs", milliseconds: milliseconds)
  }

  init(_ path: StaticString, milliseconds: Int? = nil) throws(IPVSError) {
    let end = milliseconds.map { Clock.milliseconds + $0 }
    do throws(IPVSError.Reason) {
      var reader = try ChunkReader(path)
      let first = try reader.next() ?? []
      var start = 0
      guard let info = Self.titles(of: first, &start) else { throw .malformed(.info) }
      self.info = info
      try index(first, from: start)
      while let chunk = try reader.next() {
        if let end, Clock.milliseconds > end { return }
        try index(chunk, from: 0)
      }
    } catch {
      throw IPVSError(.listServices, error)
    }
    isWhole = true
  }

  /// The services, in the kernel's order.
  package func services() throws(IPVSError) -> [Service] {
    var services: [Service] = []
    services.reserveCapacity(lines.count)
    for line in lines {
      do { services.append(try Self.service(chunks[line.chunk], at: line.offset).service) } catch {
        throw IPVSError(.listServices, error)
      }
    }
    return services
  }

  /// Whether any address is of IPv6.
  var hasIPv6: Bool { chunks.contains { $0.contains(UInt8(ascii: "[")) } }

  /// Whether the file has the same services, each once.
  func hasSame(_ services: [ServiceStatus]) -> Bool {
    guard services.count == lines.count else { return false }
    var seen = [Bool](repeating: false, count: lines.count)
    for service in services {
      guard let index = indices[service.id.inTheFile], !seen[index] else { return false }
      seen[index] = true
    }
    return true
  }

  /// The servers of a service, which is named as in the file, in the kernel's order; nil when there is no such
  /// service.
  package func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus]? {
    guard var place = indices[id].map({ lines[$0] }) else { return nil }
    place.offset = chunks[place.chunk].endOfLine(from: place.offset) + 1
    var destinations: [DestinationStatus] = []
    destinations.reserveCapacity(16)
    while place.chunk < chunks.count {
      let chunk = chunks[place.chunk]
      while place.offset < chunk.count {
        guard chunk[place.offset] == UInt8(ascii: " ") else { return destinations }
        let end = chunk.endOfLine(from: place.offset)
        guard let status = chunk.withCursor(over: place.offset..<end, { DestinationStatus(line: &$0) }) else {
          throw IPVSError(.listDestinations, .malformed(.destination))
        }
        destinations.append(status)
        place.offset = end + 1
      }
      place = Place(chunk: place.chunk + 1, offset: 0)
    }
    return destinations
  }

  // MARK: - Reading

  /// Reads the three title lines.
  private static func titles(of chunk: [UInt8], _ start: inout Int) -> KernelInfo? {
    let info = chunk.withCursor(over: 0..<chunk.endOfLine(from: 0)) { KernelInfo(line: &$0) }
    for _ in 0..<3 { start = min(chunk.endOfLine(from: start) + 1, chunk.count) }
    return info
  }

  /// Takes the chunk that comes next, and finds the services in it.
  private mutating func index(_ chunk: [UInt8], from start: Int) throws(IPVSError.Reason) {
    var offset = start
    while offset < chunk.count {
      if chunk[offset] == UInt8(ascii: " ") {
        guard !lines.isEmpty else { throw .malformed(.destination) }
        offset = chunk.endOfLine(from: offset) + 1
        continue
      }
      let (service, end) = try Self.service(chunk, at: offset)
      // While the table changes, a service can appear twice.
      if indices[service.id] == nil {
        indices[service.id] = lines.count
        lines.append(Place(chunk: chunks.count, offset: offset))
      }
      offset = end + 1
    }
    chunks.append(chunk)
  }

  /// The service in a line, and where the line ends.
  private static func service(
    _ chunk: [UInt8], at offset: Int
  ) throws(IPVSError.Reason) -> (service: Service, end: Int) {
    let end = chunk.endOfLine(from: offset)
    guard let service = chunk.withCursor(over: offset..<end, { Service(line: &$0) }) else {
      throw .malformed(.service)
    }
    return (service, end)
  }
}

/// Reads a file in chunks of whole lines.
private struct ChunkReader: ~Copyable {
  private static let size = 64 * 1024

  private let file: FileDescriptor
  /// The beginning of the next chunk.
  private var text: [UInt8] = []
  private var isAtEnd = false

  init(_ path: StaticString) throws(IPVSError.Reason) {
    do { file = try FileDescriptor(reading: path.bytes) } catch { throw .system(error) }
  }

  /// The next chunk, or nil after the last one.
  mutating func next() throws(IPVSError.Reason) -> [UInt8]? {
    text.reserveCapacity(Self.size)
    while text.count < Self.size, !isAtEnd {
      do { isAtEnd = try !file.read(Self.size - text.count, behind: &text) } catch { throw .system(error) }
    }
    if text.isEmpty { return nil }
    let end = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
    let rest = Array(text[end...])
    text.removeSubrange(end...)
    defer { text = rest }
    return text
  }
}

extension Array<UInt8> {
  /// Where the line ends that an offset is in.
  fileprivate func endOfLine(from offset: Int) -> Int {
    firstIndex(of: UInt8(ascii: "\n"), from: offset) ?? count
  }
}
