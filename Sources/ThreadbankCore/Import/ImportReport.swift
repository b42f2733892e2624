// What an import did, in posts. The counts balance.

/// The counts of one input, or of a whole run. `read == added + changed + unchanged + rejected`, always.
public struct ImportReport: Sendable, Equatable {
    /// Posts that the input held, each record counted; a post only embedded in other records counts once an input.
    public var read = 0
    /// New to the archive; a ghost that fills in counts here.
    public var added = 0
    /// Known, and now known better.
    public var changed = 0
    /// Known and the same.
    public var unchanged = 0
    /// Not understood, or erased for good earlier.
    public var rejected = 0
    /// Files of a walked folder that no importer recognises.
    public var skippedFiles = 0
    /// Ghosts made by this run.
    public var missing = 0
    /// Threads and authors made by this run.
    public var threads = 0
    public var authors = 0
    public var seconds = 0.0

    public init() {}

    public var isBalanced: Bool { read == added + changed + unchanged + rejected }

    public static func += (sum: inout ImportReport, part: ImportReport) {
        sum.read += part.read
        sum.added += part.added
        sum.changed += part.changed
        sum.unchanged += part.unchanged
        sum.rejected += part.rejected
        sum.skippedFiles += part.skippedFiles
        sum.missing += part.missing
        sum.threads += part.threads
        sum.authors += part.authors
        sum.seconds += part.seconds
    }
}
