// Prints what a search found: for people with the hits in bold, for programs as JSON or CSV.

internal import Threadbank
internal import ThreadbankCore

struct SearchPrinter {
    let results: SearchResults
    let format: OutputFormat
    /// Whether only the number is wanted.
    let isCount: Bool
    /// The posts around each hit, where they are wanted.
    var context: [Post.ID: PostSurroundings] = [:]
    /// Names in the query that nothing has.
    var unknown: [UnknownName] = []
    var style = Style.stdout
    var width = Terminal.width

    func print() {
        var out = Stdout()
        switch format {
        case .json: out.json(json)
        case .jsonl: for line in isCount ? [json] : results.hits.map(json) { out.json(line) }
        case .csv: for record in isCount ? [["total"], [String(results.total)]] : table { out.line(Self.csv(record)) }
        default:
            if isCount { out.line(String(results.total)) }
            for (index, hit) in results.hits.enumerated() {
                if index > 0 { out.line() }
                let lines = lines(hit)
                let drawn = context[hit.id].map { ContextLines(style: style, width: width).around(lines, $0) } ?? lines
                for line in drawn { out.line(line) }
            }
        }
    }

    private var json: JSON {
        var members: [(String, JSON)] = [
            ("format_version", 1), ("query", .string(results.query)), ("total", .integer(Int64(results.total))),
        ]
        if !isCount { members.append(("hits", .array(results.hits.map(json)))) }
        if let facets = results.facets { members.append(("facets", facets.json)) }
        if !unknown.isEmpty {
            let names = unknown.map { name in
                JSON.object([
                    ("kind", .string(name.kind.rawValue)), ("name", .string(name.text)),
                    ("nearest", .array(name.nearest.map { .string($0) })),
                ])
            }
            members.append(("unknown_names", .array(names)))
        }
        if let suggestion = results.suggestion { members.append(("did_you_mean", .string(suggestion))) }
        return .object(members)
    }

    func json(_ hit: SearchHit) -> JSON {
        .object(hit.members + (context[hit.id].map { [("context", ContextLines.json($0))] } ?? []))
    }

    // MARK: Text

    /// A header and the snippet, on at most three lines.
    func lines(_ hit: SearchHit) -> [String] {
        var facts = [
            "\(hit.id)/\(hit.threadID)", hit.author?.showingControls() ?? "unknown", Timestamp.day(hit.createdAt) ?? "undated",
        ]
        if hit.state != .present { facts.append(hit.state.rawValue) }
        let tail = facts.joined(separator: " · ")
        let title = hit.threadTitle.map { $0.oneLine.showingControls() } ?? "(untitled)"
        let room = max(20, width - tail.displayWidth - 2)
        return [style.link(style.underline(title.cut(toWidth: room)), to: hit.url) + "  " + style.dim(tail)]
            + SnippetLines(style: style, width: width - 4).lines(hit.snippet).map { "    " + $0 }
    }

    // MARK: CSV

    private var table: [[String]] {
        [["post_id", "thread_id", "thread_title", "forum", "author", "created", "score", "rank", "snippet", "url", "state"]]
            + results.hits.map { hit in
                [
                    String(hit.id.rawValue), String(hit.threadID.rawValue), hit.threadTitle ?? "", hit.forum ?? "",
                    hit.author ?? "", Timestamp.text(hit.createdAt) ?? "", hit.score.map { String($0) } ?? "", String(hit.rank),
                    hit.snippet.map(\.text).joined(), hit.url ?? "", hit.state.rawValue,
                ]
            }
    }

    /// One record of RFC 4180, without its line end.
    private static func csv(_ fields: [String]) -> String {
        fields.map(\.csvField).joined(separator: ",") + "\r"
    }
}

extension SearchHit {
    /// The hit as programs get it; `snippet` is HTML with `<mark>` around what was found.
    var json: JSON { .object(members) }

    fileprivate var members: [(String, JSON)] {
        [
            ("post_id", .integer(id.rawValue)), ("thread_id", .integer(threadID.rawValue)), ("thread_title", JSON(threadTitle)),
            ("forum", JSON(forum)), ("author", JSON(author)), ("created", JSON(Timestamp.text(createdAt))),
            ("score", JSON(score)), ("rank", .real(rank)), ("snippet", .string(html)), ("url", JSON(url)),
            ("state", .string(state.rawValue)),
        ]
    }

    /// The snippet as HTML with `<mark>` around what was found.
    var html: String {
        snippet.map { piece in
            let text = piece.text.replacing(Self.entities)
            return piece.isHit ? "<mark>\(text)</mark>" : text
        }.joined()
    }

    private static let entities: [Unicode.Scalar: String] = [
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
    ]
}

extension String {
    /// By scalars: a `<` with an accent on it is one Swift character, and still a `<` to whoever reads HTML.
    fileprivate func replacing(_ replacements: [Unicode.Scalar: String]) -> String {
        var text = UnicodeScalarView()
        for scalar in unicodeScalars {
            if let replacement = replacements[scalar] {
                text.append(contentsOf: replacement.unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
