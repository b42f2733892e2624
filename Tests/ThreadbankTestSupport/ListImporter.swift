// An importer whose input is a list of posts, so that the archive is tested without a format.

public import Threadbank
public import ThreadbankCore
internal import ThreadbankImporters

/// Yields given posts, whatever the bytes of its input.
public struct ListImporter: Importer {
    public let name = "list"
    public let version = 1
    public let summary = "posts of a test"
    public let recognises = "nothing"
    private let posts: [ImportedPost]
    private let isPage: Bool

    public init(_ posts: [ImportedPost], isPage: Bool = false) {
        self.posts = posts
        self.isPage = isPage
    }

    public func recognises(_ probe: InputProbe) -> Bool { false }

    public func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        if isPage { return try sink.addPage(posts) }
        for post in posts { try sink.add(post) }
    }
}

extension Archive {
    /// Imports lists of posts as the inputs of one run. Returns the sums.
    @discardableResult
    public func importLists(_ lists: [[ImportedPost]], isPage: Bool = false, batchPosts: Int = 20_000) throws -> ImportReport {
        let sums = ReportSum()
        let run = try ImportRun(
            self, again: true, batchPosts: batchPosts, events: ImportEvents(finished: { sums.add($0.report) }))
        for (index, list) in lists.enumerated() {
            try run.read(MemoryInput(name: "list \(index)", text: ""), with: ListImporter(list, isPage: isPage))
        }
        try run.finish()
        return sums.sum
    }

    /// Imports one list of posts as one run.
    @discardableResult
    public func importList(_ posts: [ImportedPost], isPage: Bool = false) throws -> ImportReport {
        try importLists([posts], isPage: isPage)
    }

    /// Reads seeds, each with its importer, as one run. Returns the sums.
    @discardableResult
    public func importSeeds(_ seeds: [Seed], again: Bool = false) throws -> ImportReport {
        let sums = ReportSum()
        let run = try ImportRun(self, again: again, events: ImportEvents(finished: { sums.add($0.report) }))
        for seed in seeds {
            guard let importer = Importers.named(seed.importer) else { continue }
            try run.read(seed.input, with: importer)
        }
        try run.finish()
        return sums.sum
    }

    /// Reads one input with an importer as one run.
    @discardableResult
    public func importInput(_ input: any ImportInput, with importer: any Importer, again: Bool = false) throws -> ImportReport {
        let sums = ReportSum()
        let run = try ImportRun(self, again: again, events: ImportEvents(finished: { sums.add($0.report) }))
        try run.read(input, with: importer)
        try run.finish()
        return sums.sum
    }
}

/// Adds up the reports of a run.
private final class ReportSum: @unchecked Sendable {
    private(set) var sum = ImportReport()
    func add(_ report: ImportReport) { sum += report }
}
