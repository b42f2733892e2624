// The importer of Lemmy's API v3: pages of a thread, comment lists, post lists, and arrays of these.

internal import ThreadbankCore

/// Reads replies of Lemmy's API: `{post_view, comments}`, `{comments}`, `{posts}`, a person's page, single views, bare lists, and arrays
/// of any of these. A reply may stand before its parent or without it.
struct LemmyImporter: Importer {
    let name = "lemmy"
    let version = 2
    let summary = "replies of Lemmy's API v3: threads, comment lists, post lists"
    let recognises = "JSON whose records hold ap_id beside a path, a creator_id or a community"

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "{") || probe.firstByte == UInt8(ascii: "[") else { return false }
        let head = String(decoding: probe.head, as: UTF8.self)
        let has = { (key: String) in head.contains("\"\(key)\"") }
        return has("ap_id") && has("post")
            && (has("community") || has("creator_id") || has("path"))
            && (has("post_view") || has("posts") || has("comment")
                || has("comments") || has("counts"))
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let host = try Self.servingHost(input)
        try input.restart()
        let posts = LemmyPosts(scope: try host ?? "sha256:" + (input.sha256 ?? input.key).prefix(32))
        let faults = FieldFaults()
        var (found, isPage) = (0, true)
        var records = JSONRecords(input, faultsTo: sink)
        try records.forEach { place in
            // A page of the API with nothing on it is no mistake: {"comments": []}, [].
            if !place.isArray, place.path.isEmpty { isPage = isPage && LemmyDocument.isPage(place) }
            return LemmyDocument.step(place)
        } _: { record in
            found += 1
            do {
                let view = try JSONText.decode(LemmyView.self, from: record.bytes, faults: faults)
                for fault in faults.take() {
                    sink.warn(ImportDiagnostic(at: record.place, "field left out", detail: fault))
                }
                for post in try posts.posts(view) { try sink.add(post) }
            } catch let error as DecodingError {
                sink.reject(ImportDiagnostic(at: record.place, "no post", detail: JSONText.reason(error)))
            } catch let refusal as LemmyPosts.Refusal {
                sink.reject(ImportDiagnostic(at: record.place, "no post", detail: refusal.reason))
            }
        }
        if found == 0, !isPage {
            throw ImportError("no Lemmy posts or comments in it; name its format with --from")
        }
    }

    /// The host of any object that says it is local: path and id numbers are that host's. Nearly every page has one among its first
    /// records; as much is searched as a pipe can be started over from.
    private static func servingHost(_ input: any ImportInput) throws -> String? {
        struct Enough: Error { var host: String? }
        let local = Array("\"local\"".utf8)
        var records = JSONRecords(input)
        do {
            try records.forEach(LemmyDocument.step) { record in
                if record.offset > searched { throw Enough() }
                guard record.bytes.firstRange(of: local) != nil else { return }
                let host = (try? JSONText.decode(LemmyView.self, from: record.bytes))?.localHost
                if let host { throw Enough(host: host) }
            }
        } catch let enough as Enough {
            return enough.host
        } catch is ImportError {
            // What is wrong is said when it is read.
        }
        return nil
    }

    private static let searched = 24 << 20
}

/// Where the views stand in a reply of the API.
enum LemmyDocument {
    static func step(_ place: JSONRecords.Place) -> JSONRecords.Step {
        // Lists stand at most a few levels deep; deeper is no reply of the API.
        guard place.path.count < 4 else { return .skip }
        if place.isArray { return place.path.last.map(lists.contains) ?? true ? .enter : .skip }
        let keys = place.keys
        if keys.contains("comment") || keys.contains("post") { return .take }
        return place.path.isEmpty || !keys.isDisjoint(with: lists) ? .enter : .skip
    }

    static func isPage(_ place: JSONRecords.Place) -> Bool { !place.keys.isDisjoint(with: lists) }

    private static let lists: Set<String> = ["posts", "comments", "cross_posts", "items"]
}
