// The importer of Stack Exchange's data dumps: a folder of tables in XML a site, or one table of it.

internal import ThreadbankCore

/// Reads `Posts.xml`, `Comments.xml`, `PostLinks.xml` and `Users.xml` row by row; nothing grows with their length. Names of accounts
/// stand in `Users.xml` alone, which comes last and names the authors of what was read.
struct StackExchangeImporter: FolderImporter {
    let name = "stackexchange"
    let version = 1
    let summary = "a data dump of a Stack Exchange site: its folder, or Posts.xml and Comments.xml"
    let recognises =
        "a folder with Posts.xml beside other tables; XML of <row Id=…> in <posts>, <comments>, <users> or <postlinks>"

    private typealias Table = StackExchangeSite.Table

    /// In the order of reading: authors before their names, posts before the ties between them.
    private static let tables: [(file: String, table: Table)] = [
        ("Posts.xml", .posts), ("Comments.xml", .comments), ("PostLinks.xml", .postlinks), ("Users.xml", .users),
    ]
    /// Of the dump too, and no discussion.
    private static let others = ["Badges.xml", "PostHistory.xml", "Tags.xml", "Votes.xml"]

    func claims(_ folder: any FolderProbe) -> [String]? {
        let names = Self.tables.map(\.file) + Self.others
        let claimed = folder.files.filter { names.contains($0) }
        return claimed.contains("Posts.xml") && claimed.count > 1 ? claimed : nil
    }

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "<") else { return false }
        let head = String(decoding: probe.head.prefix(4096), as: UTF8.self)
        guard let row = head.firstRange(of: "<row Id=\"") else { return false }
        let start = head[..<row.lowerBound]
        return Self.tables.contains { start.contains("<\($0.table.rawValue)>") }
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let site = StackExchangeSite(input)
        guard let folder = input as? any ImportFolder else {
            var table = StackExchangeTable(site: site, file: "", sink: sink, parser: try XMLRowParser())
            return try table.read(input, as: nil)
        }
        let parser = try XMLRowParser()
        for (file, kind) in Self.tables where folder.files.contains(file) {
            var table = StackExchangeTable(site: site, file: file, sink: sink, parser: parser)
            try table.read(folder.open(file), as: kind)
        }
    }
}

/// Reads one table.
private struct StackExchangeTable {
    let site: StackExchangeSite
    /// Its file's name within a dump; empty where the file is the input.
    let file: String
    let sink: any ImportSink
    let parser: XMLRowParser
    private var leftOut = 0

    init(site: StackExchangeSite, file: String, sink: any ImportSink, parser: XMLRowParser) {
        self.site = site
        self.file = file
        self.sink = sink
        self.parser = parser
    }

    /// - parameter table: what it must hold; nil to go by its outermost element.
    mutating func read(_ input: any ImportInput, as table: StackExchangeSite.Table?) throws {
        var rows = XMLRows(input)
        while let item = try rows.next() {
            guard let kind = table ?? rows.root.flatMap(StackExchangeSite.Table.init) else {
                throw ImportError(ImportDiagnostic(at: .byte(0), "no table of a Stack Exchange dump", detail: file))
            }
            switch item {
            case .broken(let diagnostic): reject(diagnostic.place, diagnostic.kind, diagnostic.detail, kind)
            case .row(let bytes, let offset): try take(bytes, offset, kind)
            }
        }
        let isTable = table != nil || rows.root.flatMap(StackExchangeSite.Table.init) != nil
        if rows.offset > 0, !rows.isWhole || !isTable {
            let what = isTable ? "the table ends too early" : "no table of a Stack Exchange dump"
            throw ImportError(ImportDiagnostic(at: .byte(rows.offset), what, detail: file))
        }
        if leftOut > 0 {
            sink.warn(ImportDiagnostic(at: .whole, "texts of tags and other pages left out", detail: "\(leftOut)"))
        }
    }

    private mutating func take(_ bytes: [UInt8], _ offset: Int, _ kind: StackExchangeSite.Table) throws {
        guard let attributes = parser.attributes(of: bytes) else {
            return reject(.byte(offset), "no row", "it is not well-formed", kind)
        }
        let row = StackExchangeRow(attributes: attributes)
        do {
            switch kind {
            case .posts: if let post = try site.post(row) { try sink.add(post) } else { leftOut += 1 }
            case .comments: try sink.add(try site.comment(row))
            case .postlinks: if let link = try site.link(row) { try sink.add(link) }
            case .users: try name(row)
            case .tags, .posthistory, .votes, .badges: return
            }
        } catch let refusal as StackExchangeRefusal {
            reject(.byte(offset), "no row", refusal.reason, kind)
        }
    }

    private func name(_ row: StackExchangeRow) throws {
        guard let id = row.number("Id"), let name = row.text("DisplayName"), !name.isEmpty else { return }
        var author = AuthorReference(key: "\(id)", name: name)
        author.url = site.url("users", id)
        try sink.nameAuthor(author, of: site.source, at: row.date("LastAccessDate") ?? row.date("CreationDate"))
    }

    /// Rows of users and ties are no posts, and count as none.
    private func reject(_ place: ImportDiagnostic.Place, _ kind: String, _ detail: String, _ table: StackExchangeSite.Table) {
        let diagnostic = ImportDiagnostic(at: place, kind, detail: file.isEmpty ? detail : "\(file): \(detail)")
        if table == .posts || table == .comments { sink.reject(diagnostic) } else { sink.warn(diagnostic) }
    }
}
