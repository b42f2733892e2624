// Which inputs were finished before, without asking the archive.

internal import GRDB

/// SHA-256 hashes of inputs, of which the first 60 bits are kept: whatever is not in the set was never finished, what is in it may have
/// been. A million take some 20 MB.
struct HashSet {
    private var prefixes: Set<UInt64> = []

    var isEmpty: Bool { prefixes.isEmpty }

    func mayContain(_ sha256: String) -> Bool { Self.prefix(sha256).map(prefixes.contains) ?? true }

    mutating func insert(_ sha256: String) {
        if let prefix = Self.prefix(sha256) { prefixes.insert(prefix) }
    }

    /// Those of all finished inputs of an archive.
    static func finished(_ db: Database) throws -> HashSet {
        var all = HashSet()
        let hashes = try String.fetchCursor(db, sql: SQL.finished)
        while let hash = try hashes.next() { all.insert(hash) }
        return all
    }

    private static func prefix(_ sha256: String) -> UInt64? { UInt64(sha256.prefix(15), radix: 16) }
}

private enum SQL {
    static let finished = "SELECT input_sha256 FROM imports WHERE finished_at IS NOT NULL AND input_sha256 IS NOT NULL"
}
