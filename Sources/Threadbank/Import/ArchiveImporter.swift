// The importer of other archives: everything that they know, with revisions, claims and links made by hand.

public import ThreadbankCore

/// Reads another archive of this or an older schema version, post by post, in one consistent state.
///
/// What it yields is what `export` writes: copies with the other archive's own decisions as statements, so that the rules of merging
/// apply as between any two copies. The other archive's list of imports stays there, and so do the hashes of what was forgotten there.
public struct ArchiveImporter: Importer {
    public let name = "archive"
    public let version = 1
    public let summary = "another threadbank archive, with its revisions, claims and links by hand"
    public let recognises = "an SQLite file with threadbank's application id"

    private let target: String?

    /// - parameter target: the archive that is imported into, which cannot be imported into itself; nil where there is none.
    public init(into target: String? = nil) { self.target = target }

    public func recognises(_ probe: InputProbe) -> Bool {
        let head = probe.head
        guard head.count >= 100, head.starts(with: Array("SQLite format 3\0".utf8)) else { return false }
        return head[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == ArchiveFile.applicationID
    }

    public func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        if let target, Self.isSameFile(target, input.name) {
            // Met on a walk, say: no reason for the whole import to fail.
            return sink.warn(ImportDiagnostic(at: .whole, "is the archive that it would be imported into; nothing to do"))
        }
        let reader: ArchiveReader
        do {
            reader = try ArchiveReader(path: input.name)
        } catch {
            throw ImportError("\(error.message); an archive is imported from a file that is not packed")
        }
        do {
            _ = try reader.exportPosts { try sink.add($0) }
        } catch let error as ThreadbankError where error.code == .archive {
            throw ImportError("cannot be read on: \(error.message); run `threadbank check` on it")
        }
        if ArchiveFile.liveLog(of: input.name) != nil {
            throw ImportError(
                "was read, but is being written to: its file does not hold all of it yet; import it again when that is done")
        }
    }

    private static func isSameFile(_ first: String, _ second: String) -> Bool {
        guard let a = ArchiveFile.identity(of: first), let b = ArchiveFile.identity(of: second) else { return false }
        return a == b
    }
}
