// The importer of Reddit's API: threads, listings, answers to "more comments", and what scrapers make of them.

internal import ThreadbankCore

/// Reads replies of Reddit's API of any size: `[post, comments]`, listings of posts, comments or both, `{json: {data: {things}}}`, single
/// things, lists and lines of these; and threads as scrapers keep them (``RedditScrape``).
struct RedditImporter: Importer {
    let name = "reddit"
    let version = 1
    let summary = "replies of Reddit's API: threads, listings, more comments; scraped threads"
    let recognises = "JSON with things of kind t1 or t3, or scraped posts with comments and a Reddit address"

    func recognises(_ probe: InputProbe) -> Bool {
        guard let first = probe.firstByte, JSONByte.opens(first) else { return false }
        let head = JSONHead(probe.head)
        if head.has("kind", ["t1", "t3", "more"]) { return head.hasKey("data") || head.hasKey("things") }
        if head.has("kind", ["Listing"]) { return head.hasEmptyList("children") }
        guard head.hasKey("post_id") || head.hasKey("comment_id") || head.hasKey("comments") else { return false }
        return head.has("platform", ["reddit"]) || head.hasKey("post_permalink")
            || head.hasText("reddit.com/r/") && head.hasKey("url")
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        var reading = Reading(sink: sink)
        var records = JSONRecords(input, faultsTo: sink)
        do {
            try records.forEach { place in
                reading.isEmpty = false
                if ["things", "children"].contains(place.path.last) {
                    reading.hasList = true
                    return place.isArray ? .enter : .take
                }
                if place.isArray { return .enter }
                let keys = place.keys
                if RedditScrape.knows(keys) { return .take }
                if place.path.last == "data", keys.isDisjoint(with: ["children", "things"]) { return .take }
                return place.path.count < 8 ? .enter : .skip
            } _: { record in
                try reading.take(record)
            }
        } catch let error as ImportError {
            try reading.giveAnswers()
            throw error
        }
        try reading.giveAnswers()
        reading.tellOthers()
        if !reading.hasPosts, !reading.hasList, !reading.isEmpty {
            throw ImportError("no Reddit posts or comments in it; name its format with --from")
        }
    }

    /// What is known of the file while it is read.
    private struct Reading {
        let sink: any ImportSink
        var isEmpty = true
        var hasPosts = false
        /// Whether a listing was there, be it empty.
        var hasList = false
        private var escaping = RedditEscaping.unknown
        private var others: [String: Int] = [:]
        /// What the answers to "more comments" held.
        private var answers = RedditListing()

        /// The API gives a hundred at once.
        private static let mostAnswers = 10_000

        init(sink: any ImportSink) { self.sink = sink }

        mutating func take(_ record: JSONRecord) throws {
            let value: JSONValue
            do {
                value = try JSONValue(record.bytes, isDeep: true)
            } catch {
                return sink.reject(ImportDiagnostic(at: record.place, "nested too deeply"))
            }
            switch record.path.last {
            case "things":
                // These stand flat, each naming its parent: only together do they show what stands below which.
                answers.read(value)
                tell(answers.takeFaults(), record.place)
                if answers.posts.count > Self.mostAnswers { try giveAnswers() }
            case "children", "data":
                try give(RedditListing(value, escaping: escaping), record.place)
            default:
                var scrape = RedditScrape()
                scrape.read(value, id: record.path.last)
                tell(RedditListing.Faults(refusals: scrape.refusals), record.place)
                try give(scrape.posts)
            }
        }

        /// Passes on what came of an answer to "more comments".
        mutating func giveAnswers() throws {
            answers.finish()
            let given = answers
            answers = RedditListing()
            try give(given, .whole)
        }

        private mutating func give(_ listing: RedditListing, _ place: ImportDiagnostic.Place) throws {
            var listing = listing
            if listing.escaping != .unknown { escaping = listing.escaping }
            others.merge(listing.others, uniquingKeysWith: +)
            tell(listing.takeFaults(), place)
            try give(listing.posts)
        }

        private mutating func give(_ posts: [ImportedPost]) throws {
            for post in posts { try sink.add(post) }
            hasPosts = hasPosts || !posts.isEmpty
        }

        private func tell(_ faults: RedditListing.Faults, _ place: ImportDiagnostic.Place) {
            for refusal in faults.refusals { sink.reject(ImportDiagnostic(at: place, "no post", detail: refusal)) }
            for field in faults.fields { sink.warn(ImportDiagnostic(at: place, "field left out", detail: field)) }
        }

        /// Accounts, subreddits and messages are no posts, so none is lost by passing them.
        func tellOthers() {
            for (kind, count) in others.sorted(by: { $0.key < $1.key }) {
                let name = Self.names[kind].map { "\(kind) (\($0))" } ?? kind
                sink.warn(ImportDiagnostic(at: .whole, "no post, passed over", detail: "\(name), \(count) times"))
            }
        }

        private static let names = ["t2": "account", "t4": "private message", "t5": "subreddit", "t6": "award"]
    }
}
