// Real pages of four layouts against what they say themselves, where they are found ($THREADBANK_CORPORA or ../shared/corpora).

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct WebCorporaTests {
    /// Twenty pages, drawn at random, as they read in a text browser: how many posts of how many people, who wrote the first and the
    /// last, and when.
    private static let pages: [(path: String, posts: Int, authors: Int, first: (String, String), last: (String, String))] = [
        ("gbadev-phpbb-html/2/4619.html", 7, 6, ("splattergnome", "2004-12-13T03:35:00Z"), ("tepples", "2004-12-14T01:01:00Z")),
        ("gbadev-phpbb-html/20/11861.html", 3, 3, ("HyperHacker", "2006-12-04T02:51:00Z"), ("TJ", "2006-12-04T09:29:00Z")),
        ("gbadev-phpbb-html/20/9064.html", 1, 1, ("?hr", "2006-03-31T19:51:00Z"), ("?hr", "2006-03-31T19:51:00Z")),
        ("gbadev-phpbb-html/20/9708.html", 7, 5, ("Linkiboy", "2006-05-27T02:27:00Z"), ("Linkiboy", "2006-05-27T21:29:00Z")),
        ("gbadev-phpbb-html/9/5335.html", 10, 5, ("Hacim", "2005-04-01T04:57:00Z"), ("sgeos", "2005-04-24T14:25:00Z")),
        (
            "opendcl-forum-html/102-startup-lesson.html", 3, 3, ("Kerry Brown", "2007-11-28T10:30:00Z"),
            ("RazCaz", "2009-08-19T01:57:00Z")
        ),
        (
            "opendcl-forum-html/1795-textbox-cursor-position.html", 3, 2, ("hmspe", "2012-04-28T04:49:00Z"),
            ("hmspe", "2012-04-30T01:19:00Z")
        ),
        (
            "opendcl-forum-html/2375-grid-behavior.html", 7, 3, ("diogenes", "2016-05-27T19:04:00Z"),
            ("diogenes", "2017-09-12T06:59:00Z")
        ),
        (
            "opendcl-forum-html/2555-tree-getchield.html", 7, 3, ("juniorolisp", "2018-01-08T12:20:00Z"),
            ("juniorolisp", "2018-01-22T10:10:00Z")
        ),
        (
            "opendcl-forum-html/488-beta-5-0-1-3-show-saved-state.html", 3, 2, ("Jim", "2008-11-26T22:47:00Z"),
            ("Jim", "2008-11-27T01:58:00Z")
        ),
        (
            "openenergymonitor-drupal-html/12275.html", 5, 2, ("ChrisValentine", "2016-03-01T12:11:00Z"),
            ("ChrisValentine", "2016-03-02T13:33:00Z")
        ),
        (
            "openenergymonitor-drupal-html/1757.html", 28, 9, ("calypso_rae", "2012-12-29T15:31:00Z"),
            ("Robert Wall", "2015-08-06T22:57:00Z")
        ),
        (
            "openenergymonitor-drupal-html/270.html", 3, 3, ("TrystanLea", "2011-10-31T10:09:00Z"),
            ("rabbithutch", "2012-01-13T10:41:00Z")
        ),
        (
            "openenergymonitor-drupal-html/5435.html", 1, 1, ("unique24", "2014-07-21T06:47:00Z"),
            ("unique24", "2014-07-21T06:47:00Z")
        ),
        ("openenergymonitor-drupal-html/5447.html", 1, 1, ("Guest", "2014-07-24T05:55:00Z"), ("Guest", "2014-07-24T05:55:00Z")),
        (
            "redash-discourse-html/add-a-way-to-show-non-tabular-results-from-queries/9048.html", 1, 1,
            ("iamtodor", "2021-09-07T18:28:43Z"), ("iamtodor", "2021-09-07T18:28:43Z")
        ),
        (
            "redash-discourse-html/bind-dragging-dashboard-items-to-grid/6804.html", 2, 2, ("ranbena", "2020-07-20T17:27:39Z"),
            ("k4s1m", "2020-07-20T19:59:11Z")
        ),
        (
            "redash-discourse-html/changing-the-default-celery-pool/3096.html", 2, 2, ("rohit-conn", "2019-01-25T10:48:01Z"),
            ("arikfr", "2019-02-21T08:52:17Z")
        ),
        (
            "redash-discourse-html/help-migrating-from-ubuntu-redash-v4-to-docker-redash-v7/4321.html", 7, 3,
            ("chris1", "2019-08-12T06:07:31Z"), ("chris1", "2019-10-10T04:28:09Z")
        ),
        (
            "redash-discourse-html/url-source-from-behind-a-corporate-firewall/2368.html", 1, 1,
            ("Steddy", "2018-09-19T07:25:54Z"), ("Steddy", "2018-09-19T07:25:54Z")
        ),
    ]

    @Test(arguments: pages.map(\.path)) func aPageGivesWhatItSays(path: String) throws {
        let page = try #require(Self.pages.first { $0.path == path })
        let corpora = try #require(Checkout.corpora)
        let bytes = try #require(Checkout.bytes("\(corpora)/flat/\(path)"))
        let sink = RecordingSink()
        try #require(Importers.named("html")).read(MemoryInput(name: path, bytes: bytes), into: sink)
        let posts = sink.posts.filter { $0.state != .missing }
        #expect(posts.count == page.posts && sink.rejected.isEmpty)
        #expect(Set(posts.compactMap { $0.author?.name }).count == page.authors)
        #expect(posts.first?.author?.name == page.first.0 && Timestamp.text(posts.first?.createdAt) == page.first.1)
        #expect(posts.last?.author?.name == page.last.0 && Timestamp.text(posts.last?.createdAt) == page.last.1)
        #expect(posts.allSatisfy { $0.body?.isEmpty == false })
        #expect(posts.dropFirst().allSatisfy { $0.parent != nil } && posts.first?.parent == nil)
    }

    /// A month of a mailing list by its thread index: every mail it leads to, hung where it stands.
    @Test func aThreadIndexGivesItsTree() throws {
        let path = "/jwz/freediscovery-fedora/jwzthreading/tests/data/fedora-devel-mailman/2010-January_thread.html.gz"
        let corpora = try #require(Checkout.corpora)
        var posts: [ImportedPost] = []
        try InputFinder().forEachInput(at: corpora + path) { found in
            guard case .importer(let importer) = found.match else { return }
            #expect(importer.name == "html")
            let sink = RecordingSink()
            try importer.read(found.input, into: sink)
            posts = sink.posts
        }
        #expect(posts.count == 292)
        // As many as their headers make: what it calls possible follow-ups has but its subject in common with what it stands under.
        #expect(posts.count { $0.parent == nil } == 65)
        #expect(posts.allSatisfy { $0.state == .missing && $0.title != nil })
    }
}
