// Lists in every format: a table for people, json, jsonl and csv for programs.

internal import ThreadbankCore

/// How items of a list are drawn: as a row of a table, and as members of a JSON object, which are the columns of the CSV too.
struct ListPrinter<Item: Sendable> {
    /// The plural of what is listed, which is also the key of the list in JSON: `threads`.
    let name: String
    let columns: [ColumnTable.Column]
    let row: (Item) -> [String]
    let members: (Item) -> [(String, JSON)]

    /// Prints a page on stdout. A list that is not shown whole says so on stderr, unless `isQuiet`.
    func print(_ page: ListPage<Item>, format: OutputFormat, isQuiet: Bool) {
        var out = Stdout()
        switch format {
        case .json: writeJSON(page) { out.write($0) }
        case .jsonl: for item in page.items { out.json(.object(members(item))) }
        case .csv: writeCSV(page.items) { out.write($0) }
        default:
            let table = ColumnTable(columns: columns, style: .stdout, width: Terminal.listWidth)
            table.write(page.items.map(row)) { out.write($0) }
            out.flush()
            if page.items.count < page.total, !isQuiet {
                say("\(page.items.count) of \(page.total) \(name); --limit and --offset show others")
            }
        }
    }

    private func writeJSON(_ page: ListPage<Item>, to emit: (String) -> Void) {
        emit("{\"format_version\":1,\"total\":\(page.total),\"\(name)\":[")
        for (index, item) in page.items.enumerated() { emit((index > 0 ? "," : "") + JSON.object(members(item)).text) }
        emit("]}\n")
    }

    /// RFC 4180: lines end with CR LF; NULL is an empty field.
    private func writeCSV(_ items: [Item], to emit: (String) -> Void) {
        for (index, item) in items.enumerated() {
            let members = members(item)
            if index == 0 { emit(members.map(\.0).joined(separator: ",") + "\r\n") }
            emit(members.map { Self.field($0.1) }.joined(separator: ",") + "\r\n")
        }
    }

    private static func field(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.csvField
        default: value.text
        }
    }
}

extension ListPrinter where Item == DiscussionThread {
    static var threads: Self {
        Self(
            name: "threads",
            columns: [
                .init(title: "thread"), .init(title: "posts", isNumber: true), .init(title: "started"), .init(title: "latest"),
                .init(title: "author", widest: 20), .init(title: "forum", widest: 20), .init(title: "title"),
            ],
            row: { thread in
                [
                    thread.id.description, String(thread.posts), Timestamp.day(thread.startedAt) ?? "undated",
                    Timestamp.day(thread.latestAt) ?? "undated",
                    thread.author ?? thread.firstAuthor.map { "(\($0))" } ?? "unknown", thread.forum ?? thread.sourceLabel,
                    (thread.title ?? thread.excerpt.map { "“\(BodyText.beginning(of: $0, .markdown, 100))…”" } ?? "(untitled)")
                        .oneLine,
                ]
            },
            members: { thread in
                [
                    ("id", .integer(thread.id.rawValue)), ("title", JSON(thread.title)), ("source", .string(thread.sourceLabel)),
                    ("forum", JSON(thread.forum)), ("author", JSON(thread.author)), ("first_author", JSON(thread.firstAuthor)),
                    ("posts", JSON(thread.posts)),
                    ("authors", JSON(thread.authors)), ("started", JSON(Timestamp.text(thread.startedAt))),
                    ("latest", JSON(Timestamp.text(thread.latestAt))), ("url", JSON(thread.url)),
                ]
            })
    }
}

extension ListPrinter where Item == Author {
    static var authors: Self {
        Self(
            name: "authors",
            columns: [
                .init(title: "author"), .init(title: "posts", isNumber: true), .init(title: "first"), .init(title: "latest"),
                .init(title: "source", widest: 24), .init(title: "name"),
            ],
            row: { author in
                [
                    author.id.description, String(author.posts), Timestamp.day(author.firstAt) ?? "undated",
                    Timestamp.day(author.lastAt) ?? "undated", author.sourceLabel,
                    author.name + (author.displayName.map { " (\($0))" } ?? ""),
                ]
            },
            members: { author in
                [
                    ("id", .integer(author.id.rawValue)), ("name", .string(author.name)),
                    ("display_name", JSON(author.displayName)),
                    ("source", .string(author.sourceLabel)), ("posts", JSON(author.posts)),
                    ("first", JSON(Timestamp.text(author.firstAt))), ("latest", JSON(Timestamp.text(author.lastAt))),
                    ("url", JSON(author.url)),
                ]
            })
    }
}
