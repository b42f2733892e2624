// The importer of Lemmy's API v3: pages of a thread, comment lists, post lists, and arrays of these.

internal import ThreadbankCore

/// Reads replies of Lemmy's API: `{post_view, comments}`, `{comments}`, `{posts}`, a person's page, single views, bare lists, and arrays
/// of any of these. A reply may stand before its parent or without it.
struct LemmyImporter: Importer {
    let name = "lemmy"
    let version = 1
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
        let scanner = JSONScanner(try Self.withoutMark(input.remainder()))
        guard scanner.skipSpace(0) < scanner.bytes.count else { return }
        let scope = try Self.servingHost(scanner) ?? "sha256:" + (input.sha256 ?? input.key).prefix(32)
        let posts = LemmyPosts(scope: scope)
        var found = 0
        let faults = FieldFaults()
        do {
            try LemmyDocument(scanner).forEachView { range in
                found += 1
                do {
                    let view = try JSONText.decode(LemmyView.self, from: scanner.bytes[range], faults: faults)
                    for fault in faults.take() {
                        sink.warn(ImportDiagnostic(at: .byte(range.lowerBound), "field left out", detail: fault))
                    }
                    for post in try posts.posts(view) { try sink.add(post) }
                } catch let error as DecodingError {
                    sink.reject(ImportDiagnostic(at: .byte(range.lowerBound), "no post", detail: JSONText.reason(error)))
                } catch let refusal as LemmyPosts.Refusal {
                    sink.reject(ImportDiagnostic(at: .byte(range.lowerBound), "no post", detail: refusal.reason))
                }
            }
        } catch let fault as JSONScanner.Fault {
            let what = fault.byte >= scanner.bytes.count ? "the JSON ends too early" : "the JSON is broken here"
            throw ImportError(
                ImportDiagnostic(
                    at: .byte(fault.byte), what, detail: "\(found) records before it were read; fetch the file again"))
        }
        if found == 0, !LemmyDocument(scanner).isEmptyList {
            throw ImportError("no Lemmy posts or comments in it; name its format with --from")
        }
    }

    /// The host of any object that says it is local: path and id numbers are that host's.
    private static func servingHost(_ scanner: JSONScanner) throws -> String? {
        struct Found: Error { var host: String }
        do {
            try LemmyDocument(scanner).forEachView { range in
                let host = (try? JSONText.decode(LemmyView.self, from: scanner.bytes[range]))?.localHost
                if let host { throw Found(host: host) }
            }
        } catch let found as Found {
            return found.host
        } catch is JSONScanner.Fault {
            return nil
        }
        return nil
    }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
}

/// Where the views stand in a reply of the API.
struct LemmyDocument {
    private let scanner: JSONScanner

    init(_ scanner: JSONScanner) { self.scanner = scanner }

    /// Calls `body` with the place of each view; a thread's post before its comments.
    func forEachView(_ body: (Range<Int>) throws -> Void) throws {
        try visit(0, depth: 0, body)
    }

    /// Whether this is a page of the API with nothing on it: `{"comments": []}`, `[]`.
    var isEmptyList: Bool {
        if scanner.kind(at: 0) == UInt8(ascii: "[") { return true }
        var hasList = false
        _ = try? scanner.forEachMember(at: 0) { key, _ in hasList = hasList || Self.lists.contains(key) }
        return hasList
    }

    private static let lists = ["posts", "comments", "cross_posts", "items"]

    /// Lists stand at most a few levels deep; deeper is no reply of the API.
    private func visit(_ start: Int, depth: Int, _ body: (Range<Int>) throws -> Void) throws {
        guard depth < 4 else { return }
        switch scanner.kind(at: start) {
        case UInt8(ascii: "["):
            do {
                try scanner.forEachElement(at: start) { try visit($0.lowerBound, depth: depth + 1, body) }
            } catch let fault as JSONScanner.Fault {
                if let element = fault.element { try visit(element, depth: depth + 1, body) }
                throw fault
            }
        case UInt8(ascii: "{"):
            try visitObject(start, depth: depth, body)
        case nil:
            throw JSONScanner.Fault(byte: scanner.bytes.count)
        default:
            if depth == 0 { throw JSONScanner.Fault(byte: start) }
        }
    }

    private func visitObject(_ start: Int, depth: Int, _ body: (Range<Int>) throws -> Void) throws {
        var members: [String: Range<Int>] = [:]
        var end = start
        do {
            end = try scanner.forEachMember(at: start) { members[$0] = $1 }
        } catch let fault as JSONScanner.Fault {
            // A cut list: what stands before the cut is good.
            try visitLists(members, start, depth: depth, body)
            try visitCutList(start, members, depth: depth, body)
            throw fault
        }
        if members["comment"].map({ scanner.kind(at: $0.lowerBound) }) == UInt8(ascii: "{")
            || members["post"].map({ scanner.kind(at: $0.lowerBound) }) == UInt8(ascii: "{")
        {
            return try body(start..<end)
        }
        try visitLists(members, start, depth: depth, body)
    }

    private func visitLists(_ members: [String: Range<Int>], _ start: Int, depth: Int, _ body: (Range<Int>) throws -> Void) throws
    {
        for view in ["post_view", "comment_view"] {
            if let range = members[view], scanner.kind(at: range.lowerBound) == UInt8(ascii: "{") { try body(range) }
        }
        for list in Self.lists {
            if let range = members[list], scanner.kind(at: range.lowerBound) == UInt8(ascii: "[") {
                try visit(range.lowerBound, depth: depth + 1, body)
            }
        }
    }

    /// The member in which the text ends: its key is there, its value is not whole.
    private func visitCutList(
        _ start: Int, _ members: [String: Range<Int>], depth: Int, _ body: (Range<Int>) throws -> Void
    ) throws {
        let from = members.values.map(\.upperBound).max() ?? start
        guard let list = scanner.bytes[from...].firstIndex(of: UInt8(ascii: "[")),
            let key = scanner.bytes[from..<list].split(separator: UInt8(ascii: "\"")).dropFirst().first,
            ["posts", "comments", "items"].contains(String(decoding: key, as: UTF8.self))
        else { return }
        try visit(list, depth: depth + 1, body)
    }
}
