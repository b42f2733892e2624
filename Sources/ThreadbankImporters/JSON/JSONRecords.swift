// The records of a JSON text of any size, one at a time.

internal import ThreadbankCore

/// A part of a JSON text that an importer takes whole.
struct JSONRecord {
    /// The keys of the objects on the way down to it; an array's elements add nothing.
    var path: [String]
    /// Its text.
    var bytes: [UInt8]
    /// Where it starts in the input, from 0.
    var offset: Int
}

/// Walks over the values of a JSON text (or of several, one after the other, as in NDJSON) without holding more than one record.
///
/// At each object or array, from the outermost in, `decide` says what becomes of it.
struct JSONRecords {
    enum Step {
        /// Its members or elements are decided one by one.
        case enter
        /// It is handed to `body` whole.
        case take
        /// It is passed over.
        case skip
    }

    /// An object or array that is met.
    struct Place {
        /// As ``JSONRecord/path``.
        var path: [String]
        var isArray: Bool
        /// The keys of the object, as far as they stand in its first 64 KiB; empty for arrays.
        var keys: Set<String>
        /// Where it starts in the input, from 0.
        var offset: Int
    }

    init(_ input: any ImportInput) {}

    /// - throws: what `body` throws; ``ImportError`` at the first byte that is no JSON and after which nothing can be found again.
    ///   Records before it have been handed over.
    mutating func forEach(_ decide: (Place) -> Step, _ body: (JSONRecord) throws -> Void) throws {}
}
