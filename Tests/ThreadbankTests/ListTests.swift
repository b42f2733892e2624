// Lists of threads and authors: filters, orders, pages; and the counts of a whole archive.

import Testing
import ThreadbankCore

@testable import Threadbank

@Suite struct ListTests {
    let village: ReadingArchive

    init() throws { village = try ReadingArchive(ReadingArchive.village) }

    private func threads(_ change: (inout ThreadListRequest) -> Void) throws -> [Int64] {
        var request = ThreadListRequest()
        change(&request)
        return try village.reader.threads(request).items.map(\.id.rawValue)
    }

    @Test func threadsStandInEachOrder() throws {
        #expect(try threads { $0.sort = .newest } == [3, 1])
        #expect(try threads { $0.sort = .oldest } == [1, 3])
        #expect(try threads { $0.sort = .posts } == [1, 3])
        #expect(try threads { $0.sort = .latest } == [3, 1])
    }

    @Test func threadsAreFiltered() throws {
        #expect(try threads { $0.forum = "DISKS" } == [1])
        #expect(try threads { $0.forum = "dev" } == [3, 1], "a cross-post stands in both forums")
        #expect(try threads { $0.source = "mail" } == [3])
        #expect(try threads { $0.author = "Alice L." } == [1])
        #expect(try threads { $0.author = "zoe@example.org" } == [3])
        #expect(try threads { $0.after = 1_690_000_101 } == [3])
        #expect(try threads { $0.before = 1_690_000_101 } == [1])
        #expect(try threads { ($0.forum, $0.source, $0.author, $0.after) = ("dev", "mail", "Zoë", 0) } == [3])
    }

    @Test func aPageKnowsHowManyThereAre() throws {
        var request = ThreadListRequest()
        (request.limit, request.offset) = (1, 1)
        let page = try village.reader.threads(request)
        #expect(page.total == 2)
        #expect(page.items.map(\.id.rawValue) == [1])
        request.limit = 0
        #expect(try village.reader.threads(request).items.isEmpty)
    }

    @Test func anUnknownNameIsNamed() throws {
        var request = ThreadListRequest()
        (request.forum, request.author) = ("disks", "nobody")
        #expect(try village.reader.unknownName(in: request) == "no author \"nobody\" is in the archive")
        request.author = "bob"
        #expect(try village.reader.unknownName(in: request) == nil)
    }

    @Test func authorsAreCountedAndOrdered() throws {
        var request = AuthorListRequest()
        let authors = try village.reader.authors(request)
        #expect(authors.total == 3)
        #expect(authors.items.map(\.name) == ["bob", "Zoë", "alice"])
        #expect(authors.items.map(\.posts) == [2, 2, 1])
        #expect(authors.items[1].lastAt == 1_690_000_400)
        request.sort = .name
        #expect(try village.reader.authors(request).items.map(\.name) == ["alice", "bob", "Zoë"])
        request.sort = .latest
        #expect(try village.reader.authors(request).items.map(\.name) == ["Zoë", "bob", "alice"])
        request.name = "alice l"
        #expect(try village.reader.authors(request).items.map(\.name) == ["alice"])
        (request.name, request.source) = (nil, "mail")
        #expect(try village.reader.authors(request).items.map(\.name) == ["Zoë"])
    }

    @Test func statisticsCountByStateAndBasis() throws {
        let statistics = try village.reader.statistics()
        #expect(statistics.posts == [.present: 4, .deleted: 1, .removed: 0, .missing: 2])
        #expect((statistics.knownPosts, statistics.statedReplies, statistics.inferredReplies) == (5, 3, 1))
        #expect((statistics.threads, statistics.authors, statistics.forums, statistics.sources) == (2, 3, 2, 3))
        #expect((statistics.roots, statistics.imports) == (3, 2))
        #expect((statistics.firstAt, statistics.lastAt) == (1_690_000_100, 1_690_000_400))
    }

    @Test func infoDescribesTheFile() throws {
        let info = try village.reader.info()
        #expect((info.stemming, info.journalMode) == ("english", "wal"))
        #expect(info.fileSize > 0)
        #expect(info.sources.map { "\($0.kind) \($0.posts)" } == ["activitypub 3", "mail 2", "text 0"])
        #expect(info.lastImports.map(\.id) == [2, 1])
    }
}
