// Prints what an archive is and what it holds in numbers.

internal import ThreadbankCore

/// Prints `stats` and `info`.
struct OverviewPrinter {
    let format: OutputFormat

    func print(_ statistics: ArchiveStatistics, _ activity: ArchiveActivity) {
        var out = Stdout()
        if format == .json {
            out.json(Self.json(statistics, activity))
        } else {
            out.write(Self.text(statistics))
            out.write(ActivityPrinter(style: .stdout, width: Terminal.width).text(activity))
        }
    }

    func print(_ info: ArchiveInfo) {
        var out = Stdout()
        if format == .json { out.json(Self.json(info)) } else { out.write(Self.text(info)) }
    }

    static func text(_ statistics: ArchiveStatistics) -> String {
        let states = PostState.allCases.map { ("  \($0.rawValue)", String(statistics.posts[$0] ?? 0)) }
        let bases = ReplyBasis.allCases.filter { statistics.replies[$0] ?? 0 > 0 }.map { basis in
            (
                "  \(basis.rawValue)",
                "\(statistics.replies[basis] ?? 0)\(basis.isCertain ? "" : "  ~ inferred from \(basis.words)")"
            )
        }
        let replies = statistics.statedReplies + statistics.inferredReplies
        let lines =
            [
                ("threads", String(statistics.threads)),
                ("posts", "\(statistics.knownPosts), and \(statistics.posts[.missing] ?? 0) missing"),
            ]
            + states + [("roots", String(statistics.roots))]
            + [("replies", "\(replies): \(statistics.statedReplies) stated, \(statistics.inferredReplies) inferred")] + bases
            + [
                ("authors", String(statistics.authors)), ("forums", String(statistics.forums)),
                ("sources", String(statistics.sources)), ("imports", String(statistics.imports)),
                ("first", Timestamp.text(statistics.firstAt) ?? "undated"),
                ("last", Timestamp.text(statistics.lastAt) ?? "undated"),
            ]
        return aligned(lines)
    }

    static func json(_ statistics: ArchiveStatistics, _ activity: ArchiveActivity) -> JSON {
        let states = PostState.allCases.map { ($0.rawValue, JSON(statistics.posts[$0] ?? 0)) }
        let bases = ReplyBasis.allCases.map { ($0.rawValue, JSON(statistics.replies[$0] ?? 0)) }
        let members: [(String, JSON)] = [
            ("format_version", 1), ("threads", JSON(statistics.threads)),
            ("posts", .object([("total", JSON(statistics.knownPosts + (statistics.posts[.missing] ?? 0)))] + states)),
            ("roots", JSON(statistics.roots)),
            (
                "replies",
                .object([
                    ("total", JSON(statistics.statedReplies + statistics.inferredReplies)),
                    ("stated", JSON(statistics.statedReplies)),
                    ("inferred", JSON(statistics.inferredReplies)), ("by_basis", .object(bases)),
                ])
            ),
            ("authors", JSON(statistics.authors)), ("forums", JSON(statistics.forums)), ("sources", JSON(statistics.sources)),
            ("imports", JSON(statistics.imports)), ("first", JSON(Timestamp.text(statistics.firstAt))),
            ("last", JSON(Timestamp.text(statistics.lastAt))),
        ]
        return .object(members + ActivityPrinter.members(activity))
    }

    static func text(_ info: ArchiveInfo) -> String {
        var lines = [
            ("archive", info.path), ("schema", String(info.schemaVersion)), ("stemming", info.stemming),
            ("size", "\(byteCount(info.fileSize))\(info.logSize > 0 ? ", and a log of \(byteCount(info.logSize))" : "")"),
            ("free", byteCount(info.freeSize)), ("journal", info.journalMode), ("sqlite", info.sqliteVersion),
        ]
        for (index, source) in info.sources.enumerated() {
            let name = source.name.isEmpty ? source.kind : "\(source.kind)/\(source.name)"
            lines.append(
                (index == 0 ? "sources" : "", "\(name), \(source.posts.counted("post"))\(source.url.map { ", \($0)" } ?? "")"))
        }
        for (index, record) in info.lastImports.enumerated() {
            let done = record.finishedAt == nil ? "not finished" : "\(record.read) read, \(record.added) added"
            let date = PostLine(style: .plain).date(record.startedAt)
            lines.append((index == 0 ? "last imports" : "", "\(record.id)  \(date)  \(record.format)  \(record.input)  \(done)"))
        }
        return aligned(lines)
    }

    static func json(_ info: ArchiveInfo) -> JSON {
        let sources = info.sources.map { source in
            JSON.object([
                ("kind", .string(source.kind)), ("name", .string(source.name)), ("url", JSON(source.url)),
                ("posts", JSON(source.posts)),
            ])
        }
        return .object([
            ("format_version", 1), ("path", .string(info.path)), ("schema_version", JSON(info.schemaVersion)),
            ("stemming", .string(info.stemming)), ("sqlite_version", .string(info.sqliteVersion)),
            ("journal_mode", .string(info.journalMode)), ("file_size", .integer(info.fileSize)),
            ("log_size", .integer(info.logSize)),
            ("free_size", .integer(info.freeSize)), ("sources", .array(sources)),
            ("last_imports", .array(info.lastImports.map(DetailsJSON.record))),
        ])
    }

    private static func aligned(_ lines: [(String, String)]) -> String {
        let width = lines.reduce(0) { max($0, $1.0.count) } + 2
        return lines.reduce(into: "") { $0 += $1.0.padded(toWidth: width) + $1.1.showingControls() + "\n" }
    }
}
