// Prints what a search found: for people with the hits in bold, for programs as JSON or CSV.

internal import ThreadbankCore

struct SearchPrinter {
    let results: SearchResults
    let format: OutputFormat
    /// Whether only the number is wanted.
    let isCount: Bool
    var style = Style.stdout
    var width = Terminal.width

    func print() {
        var out = Stdout()
        switch format {
        case .json: out.json(json)
        case .jsonl: for line in isCount ? [json] : results.hits.map(\.json) { out.json(line) }
        case .csv: for record in isCount ? [["total"], [String(results.total)]] : table { out.line(Self.csv(record)) }
        default:
            if isCount { out.line(String(results.total)) }
            for (index, hit) in results.hits.enumerated() {
                if index > 0 { out.line() }
                for line in lines(hit) { out.line(line) }
            }
        }
    }

    private var json: JSON {
        var members: [(String, JSON)] = [
            ("format_version", 1), ("query", .string(results.query)), ("total", .integer(Int64(results.total))),
        ]
        if !isCount { members.append(("hits", .array(results.hits.map(\.json)))) }
        if let facets = results.facets { members.append(("facets", facets.json)) }
        if let suggestion = results.suggestion { members.append(("did_you_mean", .string(suggestion))) }
        return .object(members)
    }

    // MARK: Text

    /// A header and the snippet, on at most three lines.
    func lines(_ hit: SearchHit) -> [String] {
        var facts = [
            "\(hit.id)/\(hit.threadID)", hit.author?.showingControls() ?? "unknown", Timestamp.day(hit.createdAt) ?? "undated",
        ]
        if hit.state != .present { facts.append(hit.state.rawValue) }
        let tail = facts.joined(separator: " · ")
        let title = hit.threadTitle.map { $0.showingControls() } ?? "(untitled)"
        let room = max(20, width - tail.displayWidth - 2)
        return [style.underline(title.cut(toWidth: room)) + "  " + style.dim(tail)] + snippetLines(hit.snippet)
    }

    /// The snippet as words on two indented lines, cut at the width. A hit's marks never hold a space or a line's end.
    private func snippetLines(_ pieces: [SearchHit.Piece]) -> [String] {
        var lines = [""]
        var used = 0
        let room = width - 4
        for word in Self.words(pieces) {
            let length = word.reduce(0) { $0 + $1.text.displayWidth }
            if used > 0, used + 1 + length > room {
                if lines.count == 2 { return Self.ended(lines, used < room ? "…" : "") }
                lines.append("")
                used = 0
            }
            if used > 0 { lines[lines.count - 1] += " " }
            used += (used > 0 ? 1 : 0) + length
            if length > room {
                let cut = word.map(\.text).joined().cut(toWidth: room)
                lines[lines.count - 1] += word.contains(where: \.isHit) ? style.bold(cut) : cut
            } else {
                lines[lines.count - 1] += word.map { $0.isHit ? style.bold($0.text) : $0.text }.joined()
            }
        }
        return Self.ended(lines, "")
    }

    private static func ended(_ lines: [String], _ ending: String) -> [String] {
        lines.filter { !$0.isEmpty }.enumerated().map { "    " + $1 + ($0 == lines.count - 1 ? ending : "") }
    }

    /// The pieces as words between white space; a word is in pieces where a part of it is a hit.
    private static func words(_ pieces: [SearchHit.Piece]) -> [[SearchHit.Piece]] {
        var words: [[SearchHit.Piece]] = [[]]
        for piece in pieces {
            for (index, part) in piece.text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).enumerated() {
                if index > 0 { words.append([]) }
                let text = String(part).showingControls()
                if !text.isEmpty { words[words.count - 1].append(SearchHit.Piece(text, isHit: piece.isHit)) }
            }
        }
        return words.filter { !$0.isEmpty }
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
    var json: JSON {
        .object([
            ("post_id", .integer(id.rawValue)), ("thread_id", .integer(threadID.rawValue)), ("thread_title", JSON(threadTitle)),
            ("forum", JSON(forum)), ("author", JSON(author)), ("created", JSON(Timestamp.text(createdAt))),
            ("score", JSON(score)), ("rank", .real(rank)), ("snippet", .string(html)), ("url", JSON(url)),
            ("state", .string(state.rawValue)),
        ])
    }

    private var html: String {
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
