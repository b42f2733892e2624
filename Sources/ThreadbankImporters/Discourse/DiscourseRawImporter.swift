// The importer of Discourse's raw text, as `/raw/TOPIC` gives it: a topic as Markdown, post under post.

internal import ThreadbankCore

/// Reads a topic of which only names, dates and numbers of posts stand in header lines. It tells neither ids nor who answers whom nor
/// the site: the topic's number is taken from the file's name, the site from `--source` or from the same topic as JSON.
struct DiscourseRawImporter: Importer {
    let name = "discourse-raw"
    let version = 2
    let summary = "a Discourse topic as its raw Markdown (/raw/TOPIC)"
    let recognises = "a first line `name | YYYY-MM-DD hh:mm:ss UTC | #number` and an empty one"

    func recognises(_ probe: InputProbe) -> Bool {
        let start = probe.head.prefix(2000).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        let lines = start.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false).map(Self.trimmed)
        return lines.count > 1 && lines[1].isEmpty && DiscourseRawHeader(lines[0]) != nil
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        var reader = DiscourseRawReader(input, sink)
        try reader.read()
    }

    fileprivate static func trimmed(_ line: some BidirectionalCollection<UInt8>) -> [UInt8] {
        line.last == 0x0D ? Array(line.dropLast()) : Array(line)
    }
}

/// Goes through the lines of one topic. A header counts only at the start and behind a separator, with an empty line after it and a
/// number above the last one's: a post may quote such lines.
private struct DiscourseRawReader {
    private var lines: LineReader
    private let sink: any ImportSink
    private let topic: String
    private let source: SourceReference
    private var open: (header: DiscourseRawHeader, line: Int)?
    private var body: [UInt8] = []
    private var isTooLong = false
    private var last: Int64 = 0
    private var hasStray = false
    /// Lines that belong to the body unless a header follows: a separator and what stands empty around it.
    private var pending: [UInt8] = []
    private var isBehindSeparator = true

    /// Posts are a few kilobytes; a text without headers must not fill the memory.
    private static let longest = 16 << 20

    init(_ input: any ImportInput, _ sink: any ImportSink) {
        lines = LineReader(input)
        self.sink = sink
        topic = input.discourseTopic ?? input.key
        source = DiscourseSource.named(nil, from: input)
    }

    mutating func read() throws {
        var candidate: (header: DiscourseRawHeader, line: Int, text: [UInt8])?
        while let line = try next() {
            if let held = candidate {
                candidate = nil
                if line.isEmpty {
                    try finish()
                    (open, last, isBehindSeparator) = ((held.header, held.line), held.header.number, false)
                    continue
                }
                append(held.text)
            }
            if isBehindSeparator, let header = DiscourseRawHeader(line), header.number > last {
                candidate = (header, lines.number, line)
            } else {
                append(line)
            }
        }
        if let held = candidate { append(held.text) }
        if open != nil, !isBehindSeparator || !pending.contains(UInt8(ascii: "-")) {
            sink.warn(ImportDiagnostic(at: .line(lines.number), "the text ends within a post; fetch it again"))
        }
        try finish()
    }

    private mutating func next() throws -> [UInt8]? {
        while let line = try lines.next() {
            switch line {
            case .bytes(let bytes):
                // What may stand before the first line: a mark of byte order, white space.
                return open == nil ? Array(bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }) : bytes
            case .tooLong: isTooLong = true
            }
        }
        return nil
    }

    private mutating func append(_ line: [UInt8]) {
        if open == nil {
            if !line.isEmpty, !hasStray {
                sink.reject(
                    ImportDiagnostic(at: .line(lines.number), "no post", detail: "no line `name | date | #number` before it"))
                hasStray = true
            }
            return
        }
        if line == DiscourseRawHeader.separator {
            flush()
            isBehindSeparator = true
            pending = line + [0x0A]
        } else if line.isEmpty {
            pending.append(0x0A)
        } else {
            isBehindSeparator = false
            flush()
            body += line + [0x0A]
        }
        if body.count + pending.count > Self.longest { (isTooLong, body, pending) = (true, [], []) }
    }

    private mutating func flush() {
        body += pending
        pending = []
    }

    /// Hands over the post that stands open. What is pending is the separator behind it.
    private mutating func finish() throws {
        defer { (open, body, pending, isTooLong) = (nil, [], [], false) }
        guard let open else { return }
        if isTooLong { return sink.reject(ImportDiagnostic(at: .line(open.line), "post too long")) }
        while let end = body.last, end == 0x0A || end == 0x0D { body.removeLast() }
        let text = String(decoding: body.drop { $0 == 0x0A }, as: UTF8.self)
        let alias = DiscourseSource.alias(topic, open.header.number)
        var post = ImportedPost(source: source, key: alias)
        post.aliases = [alias]
        post.thread = ThreadReference(key: topic)
        post.author = DiscourseSource.author(open.header.name)
        if let date = open.header.changedAt {
            post.createdAt = date
            post.inferences = [
                Inference(.date, basis: "edit", confidence: 0.7, evidence: "raw text tells when a post was last changed")
            ]
        }
        post.place = open.header.number
        post.markup = .markdown
        if let state = Tombstone.state(of: text) {
            post.state = state
        } else {
            post.body = DiscourseBBCode.markdown(text)
            post.links = DiscourseSource.quotes(in: text)
        }
        post.parent = DiscourseSource.opening(topic, for: open.header.number)
        try sink.add(post)
    }
}
