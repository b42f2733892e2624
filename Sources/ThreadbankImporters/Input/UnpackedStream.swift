// Packed or not: the plain bytes of an input, and a look at their start.

internal import ThreadbankCore

/// A stream whose start can be looked at before it is read.
final class PeekedStream: ByteStream {
    private let source: any ByteStream
    private var waiting: [[UInt8]] = []
    private var broken: (any Error)?

    init(_ source: any ByteStream) { self.source = source }

    /// The first bytes, as many as there are up to `count`. Where they break off, what was good; the error waits for its place.
    ///
    /// - throws: ``ImportInterruption``; other errors where there is no first byte.
    func peek(_ count: Int) throws -> [UInt8] {
        var size = waiting.reduce(0) { $0 + $1.count }
        while size < count, broken == nil {
            do {
                guard let chunk = try source.next() else { break }
                waiting.append(chunk)
                size += chunk.count
            } catch let error as ImportInterruption {
                throw error
            } catch {
                broken = error
            }
        }
        if let broken, waiting.isEmpty { throw broken }
        if waiting.count == 1, size <= count { return waiting[0] }
        var head: [UInt8] = []
        head.reserveCapacity(min(size, count))
        for chunk in waiting { head += chunk.prefix(count - head.count) }
        return head
    }

    func next() throws -> [UInt8]? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        if let broken { throw broken }
        return try source.next()
    }

    /// See ``ImportInput/skipDamage(to:)``.
    func skipDamage(to mark: [UInt8]) throws -> DamagedMember? {
        guard waiting.isEmpty, let damage = try (source as? DecodedStream)?.skipDamage(to: mark) else { return nil }
        broken = nil
        return damage
    }
}

/// The bytes of a file or pipe with up to four layers of compression taken off, each told by its content.
final class UnpackedStream: ByteStream {
    /// How much of the start importers may look at.
    static let head = 1 << 16

    /// What it was packed with, the outermost first.
    let packings: [Packing]
    /// The first plain bytes.
    let head: [UInt8]
    private let stream: PeekedStream

    /// - throws: ``ImportError`` where there is not one plain byte because reading fails.
    init(_ raw: any ByteStream) throws {
        var stream = PeekedStream(raw)
        var packings: [Packing] = []
        var head = try stream.peek(Self.head)
        while packings.count < Packing.deepest, let packing = Packing(head[...]) {
            packings.append(packing)
            stream = PeekedStream(DecodedStream(packing, of: stream))
            head = try stream.peek(Self.head)
        }
        self.packings = packings
        self.head = head
        self.stream = stream
    }

    func next() throws -> [UInt8]? { try stream.next() }

    /// See ``ImportInput/skipDamage(to:)``.
    func skipDamage(to mark: [UInt8]) throws -> DamagedMember? { try stream.skipDamage(to: mark) }
}
