// What a run of imports tells while it goes on, and asks.

public import ThreadbankCore

/// What became of one input.
public struct InputResult: Sendable {
    /// The input as it was named.
    public var input: String
    /// The importer's name.
    public var format: String
    public var report: ImportReport
    /// Why reading stopped early; nil where the input was read to its end. What was taken before is stored and counted.
    public var failure: ImportError?
}

/// How far the reading of one input has come.
public struct ImportProgress: Sendable {
    /// The input as it was named.
    public var input: String
    /// Posts and rejected records so far.
    public var read: Int
    /// As ``ImportInput`` tells them.
    public var bytesRead: Int
    public var byteCount: Int?
}

/// What a caller hears while a run goes on.
public struct ImportEvents: Sendable {
    /// A record was left out, or there is something to remark, in the input of that name.
    public var diagnostic: @Sendable (_ input: String, _ diagnostic: ImportDiagnostic, _ isRejection: Bool) -> Void
    /// An input's last batch has been committed.
    public var finished: @Sendable (InputResult) -> Void
    /// An input is about to be hashed and read, or some hundred records of it have been read. Nil where nobody listens: how long an input
    /// is then is not asked, which for a folder means asking each of its files.
    public var progress: (@Sendable (ImportProgress) -> Void)?
    /// Asked often; true ends the run after what is committed, with ``ImportInterruption``.
    public var shouldStop: @Sendable () -> Bool

    public init(
        diagnostic: @escaping @Sendable (String, ImportDiagnostic, Bool) -> Void = { _, _, _ in },
        finished: @escaping @Sendable (InputResult) -> Void = { _ in },
        progress: (@Sendable (ImportProgress) -> Void)? = nil,
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.diagnostic = diagnostic
        self.finished = finished
        self.progress = progress
        self.shouldStop = shouldStop
    }
}
