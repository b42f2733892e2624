// An input on its way through a run, and its row of `imports`.

internal import Foundation
internal import GRDB
internal import ThreadbankCore

/// What makes two inputs the same: bytes, importer, and all that it takes from the name.
struct InputIdentity: Sendable {
    /// Nil while it is not known, and for good where the input was not read to its end.
    var sha256: String?
    var format: String
    var version: Int
    var key: String

    init(_ input: any ImportInput, _ importer: any Importer, sha256: String?) {
        self.sha256 = sha256
        format = importer.name
        version = importer.version
        key = input.key + "\u{0}" + (input.sourceName ?? "")
    }
}

/// An input that is being read, or waits for its last batch.
final class OpenInput {
    let name: String
    let importer: any Importer
    var identity: InputIdentity
    let started: Date
    let tally: ImportTally
    var failure: ImportError?
    var isRead = false
    var hasRow = false
    /// Records that were left out since the last batch was handed over.
    var rejected = 0

    init(name: String, importer: any Importer, identity: InputIdentity, started: Date, tally: ImportTally) {
        self.name = name
        self.importer = importer
        self.identity = identity
        self.started = started
        self.tally = tally
    }

    /// What a batch needs to know of it. Its counts of records left out and whether it has a row go with it.
    func handOver() -> InputOfBatch {
        defer { (rejected, hasRow) = (0, true) }
        return InputOfBatch(
            name: name, identity: identity, started: started, tally: tally, failure: failure, isRead: isRead, hasRow: hasRow,
            rejected: rejected)
    }
}

/// An input as it stands when a batch is handed over; reading goes on meanwhile.
struct InputOfBatch: Sendable {
    let name: String
    let identity: InputIdentity
    let started: Date
    let tally: ImportTally
    let failure: ImportError?
    /// Whether this is its last batch.
    let isRead: Bool
    let hasRow: Bool
    let rejected: Int

    func insert(_ db: Database, run: Int64) throws {
        try db.execute(
            sql: SQL.insert,
            arguments: [
                tally.importID, run, Int64(started.timeIntervalSince1970), identity.format, identity.version, name,
                identity.key,
                identity.sha256,
            ])
    }

    /// - parameter now: when it is finished, if this batch finishes it.
    func update(_ db: Database, now: Int64) throws {
        tally.report.seconds = Date().timeIntervalSince(started)
        let report = tally.report
        try db.execute(
            sql: SQL.update,
            arguments: [
                isRead && failure == nil ? now : nil, report.read, report.added, report.changed, report.unchanged,
                report.rejected, report.missing, report.threads, report.authors, report.seconds, identity.sha256,
                tally.importID,
            ])
    }
}

private enum SQL {
    static let insert = """
        INSERT INTO imports (id, run_id, started_at, format, version, input, input_key, input_sha256) VALUES (?,?,?,?,?,?,?,?)
        """
    static let update = """
        UPDATE imports SET finished_at = ?, read = ?, added = ?, changed = ?, unchanged = ?, rejected = ?, missing = ?, threads = ?, \
        authors = ?, seconds = ?, input_sha256 = ? WHERE id = ?
        """
}
