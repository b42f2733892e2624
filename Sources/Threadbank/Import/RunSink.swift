// Between an importer and a run: counts, and cleans what no text may hold.

internal import ThreadbankCore

/// What an importer writes to: hands posts to the run with the input's counts.
final class RunSink: ImportSink {
    private let run: ImportRun
    private let state: OpenInput
    private let input: any ImportInput
    private let events: ImportEvents
    /// Opening posts that this input has counted: an embedded copy of one is no record more.
    private var openings = KeyMemory()
    private var meter = ProgressMeter()

    init(_ run: ImportRun, _ state: OpenInput, _ input: any ImportInput, _ events: ImportEvents) {
        self.run = run
        self.state = state
        self.input = input
        self.events = events
    }

    func add(_ post: ImportedPost) throws {
        if post.parent == nil, let key = post.key {
            let isFirst = openings.insert(key)
            if post.isEmbedded, !isFirst { return }
        }
        try run.add(post.cleaned(), state.tally)
        meter.count(1, input, events)
    }

    func addPage(_ posts: [ImportedPost]) throws {
        try run.addPage(posts, state.tally)
        meter.count(posts.count, input, events)
    }

    func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) throws {
        try run.nameAuthor(NamedAuthor(source: source, author: author, date: date))
    }

    func reject(_ diagnostic: ImportDiagnostic) {
        state.rejected += 1
        events.diagnostic(input.name, diagnostic, true)
        meter.count(1, input, events)
    }

    func warn(_ diagnostic: ImportDiagnostic) { run.warn(diagnostic, input.name) }
}

/// Which keys were met, in bounded memory: a hash of each, of a million at most. Those beyond are taken for new ones, so that a post
/// that such an input embeds again and again counts each time, as unchanged; what is stored is the same.
struct KeyMemory {
    static let limit = 1_000_000
    private var hashes: Set<Int> = []

    var count: Int { hashes.count }
    var isFull: Bool { hashes.count >= Self.limit }

    /// Whether the key is new, as far as is known.
    mutating func insert(_ key: String) -> Bool {
        isFull ? !hashes.contains(key.hashValue) : hashes.insert(key.hashValue).inserted
    }
}

/// Tells of progress, seldom.
struct ProgressMeter {
    private static let stride = 500
    private var read = 0
    private var next = stride

    mutating func count(_ records: Int, _ input: any ImportInput, _ events: ImportEvents) {
        read += records
        guard read >= next else { return }
        next = read + Self.stride
        events.progress?(ImportProgress(input, read: read))
    }
}

extension ImportProgress {
    init(_ input: any ImportInput, read: Int = 0) {
        self.init(input: input.name, read: read, bytesRead: input.bytesRead, byteCount: input.byteCount)
    }
}
