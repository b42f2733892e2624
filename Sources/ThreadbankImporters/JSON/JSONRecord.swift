// What a walk over a JSON text hands over: records, and before them the places where they are decided.

internal import ThreadbankCore

/// A part of a JSON text that an importer takes whole.
struct JSONRecord {
    /// The keys of the objects on the way down to it; an array's elements add nothing.
    var path: [String]
    /// Its text.
    var bytes: [UInt8]
    /// Where it starts in the input, from 0.
    var offset: Int
    /// The line in which it starts, from 1.
    var line: Int
    /// Where it starts, for messages: its line where each line is a value of its own, else its byte.
    var place: ImportDiagnostic.Place
}

extension JSONRecords {
    enum Step {
        /// Its members or elements are decided one by one.
        case enter
        /// It is handed to `body` whole.
        case take
        /// It is passed over.
        case skip
    }

    /// An object or array that is met. It holds only while `decide` runs.
    struct Place {
        /// As ``JSONRecord/path``.
        var path: [String]
        var isArray: Bool
        /// Where it starts in the input, from 0.
        var offset: Int
        let window: JSONWindow

        /// The keys of the object, as far as they stand in its first 64 KiB; empty for arrays.
        var keys: Set<String> {
            guard !isArray, window.place.offset == offset else { return [] }
            // An input that cannot be read on says so when it is read on.
            return (try? window.withNext(JSONRecords.lookahead, JSONKeys.ofObject)) ?? []
        }
    }

    /// Where a text cannot be read on.
    struct Fault: Error {
        var offset: Int
        /// Where the value starts that is broken.
        var start: JSONWindow.Place
        var kind: Kind

        enum Kind: String {
            case broken = "the JSON is broken here"
            case cut = "the JSON ends too early"
            case scalar = "no JSON object"
        }
    }
}
