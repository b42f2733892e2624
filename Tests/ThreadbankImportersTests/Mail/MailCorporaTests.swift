// Real mail and its traps, where they are found ($THREADBANK_CORPORA or ../shared/corpora).

import Foundation
import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite(.enabled(if: Checkout.corpora != nil, "skipped: no trial data beside the checkout"))
struct MailCorporaTests {
    private let folder: TemporaryFolder
    private let archive: Archive

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("archive.sqlite"))
    }

    /// The files of a folder or the file itself, each for the importer that recognises it.
    private func seeds(_ path: String) throws -> [Seed] {
        let root = try #require(Checkout.corpora) + "/" + path
        let below = (try? FileManager.default.subpathsOfDirectory(atPath: root).sorted()) ?? []
        return (below.isEmpty ? [root] : below.map { "\(root)/\($0)" }).compactMap { name in
            guard let bytes = Checkout.bytes(name) else { return nil }
            let file = (name as NSString).lastPathComponent
            let probe = InputProbe(fileName: file, head: Array(bytes.prefix(1 << 16)), isNamed: false)
            return Importers.recognising(probe).map { Seed(importer: $0.name, fileName: file, bytes: bytes) }
        }
    }

    /// What the headers of a file of mails say, read in the simplest way: Message-ID to parent.
    private func stated(_ seed: Seed) -> [String: String] {
        var parents: [String: String] = [:]
        for message in String(decoding: seed.bytes, as: UTF8.self).components(separatedBy: "\nFrom mboxrd@z ") {
            let head = message.components(separatedBy: "\n\n")[0].replacing("\n\t", with: " ").replacing("\n ", with: " ")
            func ids(_ name: String) -> [String] {
                let line = head.split(separator: "\n").first { $0.lowercased().hasPrefix(name + ":") } ?? ""
                return line.matches(of: #/<([^<>]+)>/#).map { String($0.1).filter { $0 != " " } }
            }
            guard let id = ids("message-id").first else { continue }
            parents[id] = ids("references").last { $0 != id } ?? ids("in-reply-to").first { $0.contains("@") && $0 != id }
        }
        return parents
    }

    @Test func everyParentIsItsHeaders() throws {
        let seeds = try seeds("mbox/linux-man-first600.mbox")
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.read == 600 && report.added == 600)
        let parents = try archive.reader.parents()
        let wanted = stated(try #require(seeds.first))
        #expect(wanted.count > 300)
        for (id, parent) in wanted { #expect(parents[id] == parent) }
        #expect(try archive.reader.faults() == [])
    }

    @Test(arguments: [
        ("mbox/usrp-users-80.mbox", 80), ("mbox/cypherpunks/1992-10.mbox", 253), ("jwz/perl-mail-box/t/folders/mbox.src", 45),
        ("jwz/perl-mail-box/t/folders/mbox.win", 45),
        ("jwz/freediscovery-fedora/jwzthreading/tests/data/fedora-devel-mailman/2010-January.txt", 292),
    ]) func everyMailOfAFileIsRead(path: String, count: Int) throws {
        let report = try archive.importSeeds(try seeds(path))
        #expect(report.isBalanced && report.added == count && report.rejected == 0)
        #expect(try archive.reader.faults() == [])
    }

    @Test func aThousandArticlesOfAGroup() throws {
        let seeds = try seeds("usenet")
        try #require(seeds.count == 1_000)
        #expect(Set(seeds.map(\.importer)) == ["usenet"])
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.rejected == 0)
        #expect(try archive.reader.allPosts().count { $0.body != nil } == 1_000)
        #expect(try archive.importSeeds(seeds, again: true).unchanged == report.read)
        #expect(try archive.reader.faults() == [])
    }

    /// Two that answer each other, as news and mail really hold them: both are kept, and one of them opens the thread.
    @Test(arguments: ["mbox/notmuch-corpora/test/corpora/broken/loop", "jwz/dovecot-imaptest/src/tests/thread.mbox"])
    func loopsAreBroken(path: String) throws {
        let seeds = try seeds(path)
        let report = try archive.importSeeds(seeds)
        #expect(report.added == (path.contains("loop") ? 2 : 3))
        #expect(try archive.reader.parents().count == 1)
        #expect(try archive.reader.faults() == [])
    }

    @Test func answersOfAnswersHangBelowThem() throws {
        try archive.importSeeds(try seeds("jwz/dovecot-imaptest/src/tests/thread5.mbox"))
        #expect(try archive.reader.parents() == ["2@b": "1@b", "3@b": "1@b", "4@b": "2@b", "5@b": "2@b"])
    }

    /// Torture of a dozen mail libraries: every file that looks like mail gives a post or a reason.
    @Test(arguments: [
        "stalwart-mail-parser", "mimekit-testdata", "apache-mime4j", "mailgun-flanker", "ruby-mail-fixtures",
        "nodemailer-mailparser",
        "mozilla-jsmime", "postal-mime", "public-inbox-t", "perl-email-mime", "spamscope-mail-parser",
        "spamassassin-public-corpus",
    ]) func nothingIsSilentlyDropped(library: String) throws {
        var count = 0
        for seed in try seeds("malformed/\(library)") where ["eml", "mbox", "usenet"].contains(seed.importer) {
            let (sink, failure) = try seed.read()
            #expect(failure == nil && sink.posts.count + sink.rejected.count > 0, "\(seed): \(failure?.description ?? "nothing")")
            for post in sink.posts { #expect(post.key?.isEmpty == false && post.body?.contains("\r\n") != true, "\(seed)") }
            count += 1
        }
        #expect(count > 3)
    }

    @Test func copiesThatComeAgainInAnotherOrderChangeNothing() throws {
        let seeds = try seeds("mbox/notmuch-corpora/test/corpora")
        let report = try archive.importSeeds(seeds)
        #expect(report.isBalanced && report.rejected == 0)
        #expect(try archive.importSeeds(seeds.reversed(), again: true).changed == 0)
        #expect(try archive.reader.faults() == [])
    }
}
