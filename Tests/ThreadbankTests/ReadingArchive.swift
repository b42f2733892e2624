// An archive for tests of reading, made row by row: no importer is needed.

import GRDB
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

/// A new archive in a folder of its own.
struct ReadingArchive {
    let folder: TemporaryFolder
    let archive: Archive
    var reader: ArchiveReader { archive.reader }

    /// - parameter sql: statements that fill it; the search index is fed behind them.
    init(_ sql: String) throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
        try archive.write { db in
            try db.execute(sql: sql)
            try db.execute(sql: "INSERT INTO posts_fts (rowid, title, body) SELECT id, title, body FROM posts")
        }
    }

    func thread(_ id: Int64, _ order: SiblingOrder = .oldest) throws -> ThreadContents? {
        try reader.thread(DiscussionThread.ID(rawValue: id), order: order)
    }

    func details(_ id: Int64) throws -> PostDetails? { try reader.postDetails(Post.ID(rawValue: id)) }

    /// One thread of nearly everything: a ghost above, a deleted post, an inferred parent, a second thread that was merged, and a
    /// third with a mail that answers into the first.
    static let village = """
        INSERT INTO sources VALUES (1, 'activitypub', '', NULL, NULL), (2, 'mail', '', NULL, 'https://lists.example/{key}/');
        INSERT INTO sources VALUES (3, 'text', 'pages:old', NULL, NULL);
        INSERT INTO forums VALUES (1, 1, 'https://lemmy.example/c/disks', 'disks', NULL), (2, 2, 'dev', 'Dev', NULL);
        INSERT INTO authors VALUES (1, 1, NULL, 'https://lemmy.example/u/alice', 'alice', 'Alice L.', 'https://lemmy.example/u/alice');
        INSERT INTO authors VALUES (2, 1, NULL, 'https://lemmy.example/u/bob', 'bob', NULL, NULL);
        INSERT INTO authors VALUES (3, 2, NULL, 'zoe@example.org', 'Zoë', NULL, NULL);
        INSERT INTO imports (id, run_id, started_at, finished_at, format, version, input, input_sha256, read, added)
             VALUES (1, 1, 1700000000, 1700000009, 'lemmy', 1, 'page.json', 'ab12', 5, 5),
                    (2, 2, 1700000100, NULL, 'mbox', 1, 'list.mbox', NULL, 2, 2);
        INSERT INTO threads (id, source_id, forum_id, root_post_id, merged_into, source_key, title, url)
             VALUES (1, 1, 1, 1, NULL, 'https://lemmy.example/post/1', 'Mounting disks', NULL),
                    (2, 1, 1, NULL, 1, 'https://lemmy.example/comment/3', NULL, NULL),
                    (3, 2, 2, 7, NULL, 'm1@example.org', 'A mail', 'https://lists.example/thread/3');
        INSERT INTO posts (id, thread_id, source_id, author_id, import_id, created_at, score, reply_count, state, markup, source_key,
                           url, title, body)
             VALUES (1, 1, 1, NULL, 1, NULL, NULL, NULL, 'missing', NULL, 'https://lemmy.example/post/1', NULL, NULL, NULL),
                    (2, 1, 1, 1, 1, 1690000200, 5, 4, 'present', 'markdown', 'https://lemmy.example/comment/2', NULL, NULL, 'Use fstab'),
                    (3, 1, 1, 2, 1, 1690000100, 9, NULL, 'present', 'markdown', 'https://lemmy.example/comment/3', NULL, NULL, 'Why?'),
                    (4, 1, 1, 2, 1, 1690000300, NULL, NULL, 'deleted', 'plain', 'https://lemmy.example/comment/4',
                     'https://lemmy.example/x', NULL, 'Never mind'),
                    (7, 3, 2, 3, 2, 1690000400, NULL, NULL, 'present', 'plain', 'm1@example.org', NULL, 'A mail', 'See the list'),
                    (8, 3, 2, 3, 2, NULL, NULL, NULL, 'present', 'plain', 'm2@example.org', NULL, NULL, '');
        INSERT INTO posts (id, thread_id, source_id, import_id, state) VALUES (5, 1, 1, 1, 'missing');
        INSERT INTO replies VALUES (2, 1, NULL, 'native', 1, NULL), (3, 2, NULL, 'text', 0.62, 'asks about its wording'),
                                   (4, 2, 3, 'header', 1, NULL), (7, 4, NULL, 'manual', 1, NULL),
                                   (8, NULL, NULL, 'manual', 1, NULL);
        INSERT INTO reply_claims VALUES (3, 1, NULL, 1, 'mention', 0.4, NULL), (3, 4, 2, 0, 'header', 1, NULL);
        INSERT INTO links VALUES (3, 2, 'quote', 'its first line'), (7, 3, 'cross-post', NULL);
        INSERT INTO inferences VALUES (3, 'author', 'mention', 0.7, 'p4 names bob');
        INSERT INTO post_aliases VALUES (1, 'lemmy.example/comment/30', 3), (1, 'other.example/comment/5', 5), (2, '12#3', 8);
        INSERT INTO post_forums VALUES (1, 2);
        INSERT INTO post_revisions VALUES (3, 1690000100, NULL, 'Wy?'), (3, 1690000150, 'T', 'Whyy?');
        INSERT INTO attachments VALUES (3, 'a.png', 'image/png', 12);
        INSERT INTO tags VALUES (1, 'linux'), (1, 'disks');
        """
}
