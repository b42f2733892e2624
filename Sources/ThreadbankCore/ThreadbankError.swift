// The one error of the library: a code that programs can tell apart, and a line that people can act on.

/// What went wrong, where, and what to do about it, as one lower-case line without a full stop.
public struct ThreadbankError: Error, Sendable, CustomStringConvertible {
    /// Identifies the kind of failure. New ones may come.
    public struct Code: Hashable, Sendable {
        enum Storage { case archive, locked, notFound, query, invalid, input, limit, interrupted }
        let storage: Storage

        /// The archive is missing, foreign, newer, damaged or not writable.
        public static var archive: Self { .init(storage: .archive) }
        /// Another import holds the archive.
        public static var locked: Self { .init(storage: .locked) }
        /// No such thread, post or author.
        public static var notFound: Self { .init(storage: .notFound) }
        /// A query makes no sense: a field, a date, a quotation.
        public static var query: Self { .init(storage: .query) }
        /// The request would break a rule, a cycle of replies say; or SQL was refused.
        public static var invalid: Self { .init(storage: .invalid) }
        /// An input cannot be opened, recognised or read on.
        public static var input: Self { .init(storage: .input) }
        /// A limit of time or memory was reached.
        public static var limit: Self { .init(storage: .limit) }
        /// Someone stopped the work, with Ctrl-C say.
        public static var interrupted: Self { .init(storage: .interrupted) }
    }

    public let code: Code
    public let message: String
    /// What lies beneath, for debugging; its type is no part of the interface.
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    public var description: String { message }
}
