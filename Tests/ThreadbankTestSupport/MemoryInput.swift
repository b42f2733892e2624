// An input that stands in memory.

public import ThreadbankCore
internal import ThreadbankImporters

/// Hands out given bytes in chunks, as a file would.
public final class MemoryInput: ImportInput {
    public let name: String
    public let key: String
    public let sourceName: String?
    private let bytes: [UInt8]
    private let chunk: Int
    private var position = 0

    /// - parameter chunk: the most bytes that `next()` gives at once.
    public init(name: String, bytes: [UInt8], key: String? = nil, sourceName: String? = nil, chunk: Int = 1 << 16) {
        self.name = name
        self.bytes = bytes
        self.key = key ?? name
        self.sourceName = sourceName
        self.chunk = max(1, chunk)
    }

    public convenience init(name: String, text: String, key: String? = nil, sourceName: String? = nil) {
        self.init(name: name, bytes: Array(text.utf8), key: key, sourceName: sourceName)
    }

    public var sha256: String? {
        var hash = SHA256Hash()
        hash.update(bytes)
        return hash.hex()
    }

    public func restart() { position = 0 }

    public func next() -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let end = min(bytes.count, position + chunk)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}
