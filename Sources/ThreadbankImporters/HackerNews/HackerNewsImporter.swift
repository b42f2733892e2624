// The importer of Hacker News: items of its Firebase API, and items and search hits of Algolia's.

internal import ThreadbankCore

/// Reads items wherever they stand: alone, in arrays, in lists of objects (`{"comments": […]}`), in maps by their number, one a line, nested as
/// Algolia serves threads, or as search hits. A null in an array is an item that the site does not show, and no record.
struct HackerNewsImporter: Importer {
    let name = "hackernews"
    let version = 1
    let summary = "items of Hacker News: Firebase's API, Algolia's threads and search hits"
    let recognises = "JSON whose objects hold id, type, by and time, or created_at_i beside a story_id or objectID"

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "{") || probe.firstByte == UInt8(ascii: "[") else { return false }
        let head = String(decoding: probe.head, as: UTF8.self)
        let has = { (key: String) in head.contains("\"\(key)\"") }
        if has("created_at_i") { return has("story_id") || has("objectID") || has("parent_id") }
        return has("id") && has("type") && has("by") && has("time")
            && (has("parent") || has("kids") || has("descendants") || has("score"))
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        var posts = HackerNewsPosts()
        let faults = FieldFaults()
        var walk = HackerNewsWalk { bytes, place, isNested in
            do {
                let item = try JSONText.decode(HackerNewsItem.self, from: bytes, faults: faults)
                for fault in faults.take() { sink.warn(ImportDiagnostic(at: place, "field left out", detail: fault)) }
                for post in try posts.posts(item, isNested: isNested) { try sink.add(post) }
            } catch let error as DecodingError {
                sink.reject(ImportDiagnostic(at: place, "no post", detail: JSONText.reason(error)))
            } catch let refusal as HackerNewsPosts.Refusal {
                sink.reject(ImportDiagnostic(at: place, "no post", detail: refusal.reason))
            }
        }
        var records = JSONRecords(input, faultsTo: sink)
        var isEmpty = true
        try records.forEach {
            isEmpty = false
            return try walk.decide($0)
        } scalar: {
            try walk.scalar($0)
        } _: {
            try walk.record($0)
        }
        try walk.end()
        if walk.found == 0, !walk.isEmptyPage, !isEmpty {
            throw ImportError("no Hacker News items in it; name its format with --from")
        }
    }
}
