// The importer of Discourse's JSON: topics, pages of posts, single posts, lists of the latest.

internal import ThreadbankCore

/// Reads what Discourse's interface serves: `/t/ID.json`, `posts.json?post_ids[]=…`, `/posts/ID.json`, `/posts.json`, and arrays or
/// lines of any of these, as crawls keep them.
struct DiscourseImporter: Importer {
    let name = "discourse"
    let version = 2
    let summary = "topics and posts of a Discourse forum, as JSON"
    let recognises = "JSON whose records hold post_number beside topic_id"

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "{") || probe.firstByte == UInt8(ascii: "[") else { return false }
        let head = String(decoding: probe.head, as: UTF8.self)
        let has = { (key: String) in head.contains("\"\(key)\"") }
        return has("post_number") && has("topic_id") && (has("cooked") || has("raw") || has("avatar_template"))
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let host = try input.sourceName == nil ? DiscourseHost.find(in: input) : nil
        let reader = DiscourseReader(posts: DiscoursePosts(input: input, host: host), sink: sink)
        var records = JSONRecords(input, faultsTo: sink)
        do {
            try records.forEach(
                { try reader.step($0) }, scalar: { reader.field($0) }, { try reader.take($0) })
        } catch {
            // A cut text: what came before the cut is good.
            try reader.finish()
            throw error
        }
        try reader.finish()
        if reader.notes > 0 {
            sink.warn(ImportDiagnostic(at: .whole, "notes of the software left out", detail: "\(reader.notes)"))
        }
        if !reader.hasAny, reader.hasValue {
            throw ImportError(ImportDiagnostic(at: .byte(0), "no Discourse posts in it", detail: "name its format with --from"))
        }
    }
}

/// Goes through one input. A topic's title stands behind its posts, so they wait for it.
private final class DiscourseReader {
    private let posts: DiscoursePosts
    private let sink: any ImportSink
    private let faults = FieldFaults()
    private var topic = DiscourseTopic()
    /// Where the topic's object stands that is being read.
    private var base: [String]?
    private var waiting: [DiscoursePost] = []
    private var waitingBytes = 0
    /// Numbers of the topic's posts that the input held.
    private var numbers: Set<Int64> = []
    private(set) var notes = 0
    private(set) var hasAny = false
    private(set) var hasValue = false

    /// Text of posts after which they wait no longer.
    private static let longestWait = 32 << 20
    /// Lists and objects that hold no posts, and are long.
    private static let others: Set<String> = [
        "suggested_topics", "related_topics", "details", "stream", "timeline_lookup", "actions_summary", "link_counts",
        "bookmarks",
        "reply_to_user", "users", "topics", "gaps", "categories",
    ]

    init(posts: DiscoursePosts, sink: any ImportSink) {
        self.posts = posts
        self.sink = sink
    }

    func step(_ place: JSONRecords.Place) throws -> JSONRecords.Step {
        hasValue = true
        if let last = place.path.last, Self.others.contains(last) { return .skip }
        if let base, place.path == base + ["accepted_answer"] || place.path == base + ["tags"] {
            return place.isArray ? .enter : .take
        }
        if place.isArray { return place.path.count < 8 ? .enter : .skip }
        if let base, place.path.count <= base.count { try finish() }
        let keys = place.keys
        if keys.contains("post_number"), keys.contains("id") { return .take }
        if keys.contains("post_stream") { base = place.path }
        return place.path.count < 8 ? .enter : .skip
    }

    func field(_ record: JSONRecord) {
        guard let base, record.path.count == base.count + 1, record.path.starts(with: base), let field = record.path.last else {
            return
        }
        topic.take(field, record.bytes)
    }

    func take(_ record: JSONRecord) throws {
        if let base, record.path.count == base.count + 1, ["tags", "accepted_answer"].contains(record.path.last) {
            return field(record)
        }
        let post: DiscoursePost
        do {
            post = try JSONText.decode(DiscoursePost.self, from: record.bytes, faults: faults)
        } catch {
            return sink.reject(ImportDiagnostic(at: record.place, "no post", detail: JSONText.reason(error)))
        }
        for fault in faults.take() { sink.warn(ImportDiagnostic(at: record.place, "field left out", detail: fault)) }
        hasAny = true
        if post.isNote {
            notes += 1
            return
        }
        let isOfTopic = base.map { record.path.starts(with: $0 + ["post_stream"]) } ?? false
        if !isOfTopic { return try hand([post], DiscourseTopic()) }
        waiting.append(post)
        waitingBytes += record.bytes.count
        if waitingBytes > Self.longestWait, waiting.count > 2 {
            // The opening post bears the title, and the last one brings it to the thread.
            let early = waiting[1...].dropLast()
            try hand(Array(early), topic)
            waiting.removeSubrange(early.indices)
            waitingBytes = 0
        }
    }

    /// Hands over the posts that wait, now that their topic has told all it tells.
    func finish() throws {
        defer { (topic, base, waiting, waitingBytes, numbers) = (DiscourseTopic(), nil, [], 0, []) }
        let posts = waiting
        waiting = []
        try hand(posts, topic)
    }

    /// Posts of the topic that these ones quote exist and stand in it; so does the opening post, which accepts answers.
    private func hand(_ posts: [DiscoursePost], _ topic: DiscourseTopic) throws {
        var accepted: [String: [Int64]] = [:]
        var ghosts: [ImportedPost] = []
        var results = try posts.map { try self.posts.post($0, topic) }
        for (post, result) in zip(posts, results) {
            guard let thread = result.thread?.key, let number = post.number?.value else { continue }
            numbers.insert(number)
            if post.isAcceptedAnswer == true || topic.accepted.contains(number), number != 1 {
                accepted[thread, default: []].append(number)
            }
        }
        for (post, result) in zip(posts, results) where post.number != nil {
            for case .alias(let alias) in result.links.map(\.target.name) {
                let name = alias.split(separator: "#")
                guard name.first.map(String.init) == result.thread?.key, let number = name.last.flatMap({ Int64($0) }),
                    !numbers.contains(number)
                else { continue }
                ghosts.append(ghost(PostReference(.alias(alias)), result.source))
            }
        }
        for (thread, answers) in accepted.sorted(by: { $0.key < $1.key }) {
            let links = answers.map { PostLink(to: PostReference(.alias(DiscourseSource.alias(thread, $0))), kind: "accepted") }
            let opening = DiscourseSource.alias(thread, 1)
            if let index = results.firstIndex(where: { $0.aliases.contains(opening) }) {
                results[index].links += links
            } else if let source = results.first?.source {
                var post = ghost(PostReference(.alias(opening)), source)
                post.links = links
                ghosts.append(post)
            }
        }
        for result in results { try sink.add(result) }
        for ghost in ghosts { try sink.add(ghost) }
    }

    private func ghost(_ reference: PostReference, _ source: SourceReference) -> ImportedPost {
        var post = ImportedPost(source: source, key: nil)
        guard case .alias(let alias) = reference.name else { return post }
        post.aliases = [alias]
        post.state = .missing
        post.thread = ThreadReference(key: String(alias.prefix { $0 != "#" }))
        return post
    }
}
