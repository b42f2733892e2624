// Between an importer and a run: counts, and cleans what no text may hold.

internal import ThreadbankCore

/// What an importer writes to: hands posts to the run with the input's counts.
final class RunSink: ImportSink {
    private let run: ImportRun
    private let tally: ImportTally
    private let input: String
    /// Keys of opening posts that this input has counted: an embedded copy of one is no record more.
    private var openings: Set<String> = []

    init(_ run: ImportRun, _ tally: ImportTally, _ input: String) {
        self.run = run
        self.tally = tally
        self.input = input
    }

    func add(_ post: ImportedPost) throws {
        if post.parent == nil, let key = post.key {
            let isFirst = openings.insert(key).inserted
            if post.isEmbedded, !isFirst { return }
        }
        try run.add(post.cleaned(), tally)
    }

    func addPage(_ posts: [ImportedPost]) throws { try run.addPage(posts.map { $0.cleaned() }, tally) }

    func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) throws {
        try run.nameAuthor(NamedAuthor(source: source, author: author, date: date))
    }

    func reject(_ diagnostic: ImportDiagnostic) {
        tally.report.read += 1
        tally.report.rejected += 1
        tally.reject(diagnostic)
    }

    func warn(_ diagnostic: ImportDiagnostic) { run.warn(diagnostic, input) }
}

extension ImportedPost {
    /// U+0000 ends a string for half of the programs that read SQLite files, so no text holds it.
    fileprivate func cleaned() -> ImportedPost {
        func clean(_ text: inout String?) {
            if let old = text, old.utf8.contains(0) { text = old.replacing("\u{0}", with: "\u{FFFD}") }
        }
        var post = self
        clean(&post.title)
        clean(&post.body)
        clean(&post.key)
        clean(&post.url)
        return post
    }
}
