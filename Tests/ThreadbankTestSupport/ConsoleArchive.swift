// An empty archive to ask questions of, and the proof that asking did it no harm.

public import Testing
public import Threadbank
public import ThreadbankCore

/// A new archive in a folder of its own.
public struct ConsoleArchive: Sendable {
    public let folder: TemporaryFolder
    public var path: String { folder.file("archive.sqlite") }

    public init() throws {
        folder = try TemporaryFolder()
        try Archive.create(at: path, stemming: .english)
    }

    /// The error that a statement ends with, on a connection of its own; the test fails where there is none.
    public func error(
        _ sql: String, _ parameters: [String: String] = [:], limits: SQLConsole.Limits = .init(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ThreadbankError {
        let console = try SQLConsole(path: path)
        let error = #expect(throws: ThreadbankError.self, sourceLocation: sourceLocation) {
            try console.run(sql, parameters: parameters, limits: limits) { _ in }
        }
        #expect(try console.rows("select 1") == [[.integer(1)]], "the next query works", sourceLocation: sourceLocation)
        return try #require(error, sourceLocation: sourceLocation)
    }

    /// Runs `body` and compares the archive's bytes and the folder's files with those before.
    public func staysAsItWas(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let before = folder.bytes("archive.sqlite")
        try body()
        #expect(folder.bytes("archive.sqlite") == before, "the archive's bytes are the same", sourceLocation: sourceLocation)
        #expect(folder.names == ["archive.sqlite"], "no file was left beside it", sourceLocation: sourceLocation)
    }
}

extension SQLConsole {
    /// Every row of a statement.
    public func rows(_ sql: String, _ parameters: [String: String] = [:]) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        try run(sql, parameters: parameters) { rows.append($0) }
        return rows
    }
}
