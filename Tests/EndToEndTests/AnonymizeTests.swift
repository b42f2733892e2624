// Exports under pseudonyms: no name of an author is left in the bytes of any format, however it was spelled.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct AnonymizeTests {
    private static let names = [
        "John Q. Public", "a.b-c_d9", "_under_score_", "*star*gazer*", "100% Rëal", "Zoë Ünïcode", "<b>Bold</b>", "Tom & Jerry",
        "O'Brien \"Quote\"", "back\\slash", "日本太郎", "Кирилл Иванов", "emoji🦊fox", "name@host", "SovereignState", "Ziegelbaum",
    ]

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private static func changed(_ name: String, _ change: (UInt8) -> String?) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 { bytes += change(byte).map { Array($0.utf8) } ?? [byte] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func percent(_ name: String) -> String {
        changed(name) { byte in
            let isPlain = byte < 0x80 && byte != 0x20 && !(isMark(byte) && !"-._~".utf8.contains(byte))
            return isPlain ? nil : String(format: "%%%02X", byte)
        }
    }

    private static func html(_ name: String) -> String {
        let entities: [UInt8: String] = [0x26: "&amp;", 0x3C: "&lt;", 0x3E: "&gt;", 0x22: "&quot;", 0x27: "&#39;"]
        return changed(name) { entities[$0] }
    }

    private static func json(_ name: String) -> String {
        var text = ""
        for unit in name.utf16 {
            if unit == 0x22 || unit == 0x5C { text += "\\" }
            text += unit < 0x80 ? String(UnicodeScalar(UInt8(unit))) : String(format: "\\u%04x", unit)
        }
        return text
    }

    /// The ways in which somebody may have written a name.
    private static func spellings(_ name: String) -> [String] {
        var found: [String] = [name, name.lowercased(), name.uppercased()]
        found.append(changed(name) { isMark($0) ? "\\" + String(UnicodeScalar($0)) : nil })
        found.append(html(name))
        found.append(html(name).replacing("&", with: "&amp;"))
        found.append(name.unicodeScalars.map { "&#\($0.value);" }.joined())
        found.append(name.unicodeScalars.map { "&#x\(String($0.value, radix: 16));" }.joined())
        found.append(percent(name))
        found.append(percent(name).lowercased())
        found.append(percent(name).replacing("%20", with: "+"))
        found.append(percent(name).replacing("%", with: "%25"))
        found.append(json(name))
        found.append(name.decomposedStringWithCanonicalMapping)
        found.append(name.replacing(" ", with: "\n"))
        found.append(name.replacing(" ", with: "_"))
        return found
    }

    private static func line(_ members: [String: Any]) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: members, options: options), as: UTF8.self) + "\n"
    }

    /// A thread of all these people, and threads of a stranger who names them everywhere that an archive has a place for words.
    private static func archive() throws -> String {
        var text = ""
        for (place, name) in names.enumerated() {
            var post: [String: Any] = ["source": "forum.example", "source_url": "https://forum.example/", "thread": "people"]
            post["key"] = "people/\(place)"
            post["author"] = name
            post["author_key"] = "https://forum.example/u/\(place)"
            post["author_display"] = name
            post["author_url"] = "https://forum.example/~\(place)"
            post["url"] = "https://forum.example/p/\(name)"
            post["body"] = "It is me, number \(place)."
            text += try line(post)
        }
        for (place, name) in names.enumerated() {
            for markup in ["markdown", "plain"] { text += try thread(name, place, markup) }
        }
        return text
    }

    private static func thread(_ name: String, _ place: Int, _ markup: String) throws -> String {
        let address = "https://forum.example/" + percent(name)
        var words = spellings(name).map { "Then \($0) wrote, and (\($0)), “\($0)” said it." }
        words.append("@\(name) and @\(name)@host.example")
        words.append("https://forum.example/u/\(percent(name))/about and https://forum.example/?user=\(percent(name))&x=1")
        words.append("https://forum.example/~\(place) [x](https://forum.example/u/\(percent(name)))")
        var post: [String: Any] = ["source": "forum.example", "author": "stranger", "markup": markup]
        post["thread"] = "t-\(name)-\(markup)"
        post["thread_title"] = "On \(name)"
        post["thread_url"] = address
        post["forum"] = "Friends of \(name)"
        post["forum_key"] = "friends-of-\(name)"
        post["forum_url"] = address
        post["forums"] = [["key": "also \(name)", "name": "Also \(name)", "url": address]]
        post["tags"] = ["tag of \(name)", name]
        post["key"] = "k-\(name)-\(markup)"
        post["aliases"] = ["alias \(name) \(markup)"]
        post["title"] = "On \(name)"
        post["body"] = words.joined(separator: "\n\n")
        post["attachments"] = [["name": "\(name).png", "type": "image/png"], ["name": address, "type": "text/uri-list"]]
        post["revisions"] = [["title": "Once \(name)", "body": "Before, \(name) said"]]
        let inference: [String: Any] = ["what": "author", "basis": "mention", "confidence": 0.5, "evidence": "says \(name) is"]
        post["inferred"] = [inference]
        let tag: [String: Any] = ["kind": "tag", "scope": "post", "text": "see \(name)"]
        let note: [String: Any] = ["kind": "note", "scope": "thread", "text": "ask \(name)"]
        post["marks"] = [tag, note]
        var reply: [String: Any] = ["source": "forum.example", "thread": "t-\(name)-\(markup)", "body": "A reply."]
        reply["key"] = "r-\(name)-\(markup)"
        reply["parent"] = "k-\(name)-\(markup)"
        reply["basis"] = "mention"
        reply["confidence"] = 0.5
        reply["evidence"] = "names \(name)"
        let claim: [String: Any] = ["parent": "people/0", "basis": "text", "confidence": 0.3, "evidence": "like \(name)"]
        reply["claims"] = [claim]
        reply["links"] = [["to": "people/\(place)", "kind": "quote", "evidence": "quotes \(name)"]]
        return try line(post) + line(reply)
    }

    @Test func noSpellingOfANameIsLeftInAnyFormat() throws {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        let imported = try Binary.run(["import", "-", "--from", "jsonl"], stdin: Self.archive(), environment: environment)
        try #require(imported.status == 0 && imported.stdout.contains("threads \(1 + 2 * Self.names.count)"), "\(imported)")
        let formats = ["jsonl", "json", "csv", "mbox", "markdown", "html", "sqlite"]
        for format in formats {
            let path = folder.file("out.\(format)")
            let answer = try Binary.run(
                ["export", "--anonymize", "--pseudonym-key", "k", "--format", format, "-o", path], environment: environment)
            try #require(answer.status == 0, "\(answer)")
        }
        // What an encoded header of a mail hides is seen once it is read again.
        let again = ["THREADBANK_ARCHIVE": folder.file("mails.sqlite")]
        _ = try Binary.run(["import", folder.file("out.mbox")], environment: again)
        _ = try Binary.run(["export", "-o", folder.file("mails.jsonl")], environment: again)
        for format in formats + ["mails"] {
            let path = format == "mails" ? folder.file("mails.jsonl") : folder.file("out.\(format)")
            let inside = (try? FileManager.default.subpathsOfDirectory(atPath: path).map { "\(path)/\($0)" }) ?? []
            let files = inside.isEmpty ? [path] : inside
            var bytes = Data()
            for file in files { bytes += FileManager.default.contents(atPath: file) ?? Data() }
            try #require(bytes.count > 1_000)
            // Without capitals, as far as bytes can be.
            let small = Data(bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
            for name in Self.names {
                for spelling in Set(Self.spellings(name)) {
                    let needle = Data(spelling.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
                    #expect(small.range(of: needle) == nil, "\(format) says \(spelling)")
                }
            }
            #expect(small.range(of: Data("person-".utf8)) != nil)
        }
    }

    /// The tree, and who is one person, are as they were.
    @Test func whatWasAnonymizedIsTheSameArchiveOtherwise() throws {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        _ = try Binary.run(["import", "-", "--from", "jsonl"], stdin: Self.archive(), environment: environment)
        _ = try Binary.run(
            ["export", "--anonymize", "--format", "sqlite", "-o", folder.file("b.sqlite")], environment: environment)
        for sql in [
            "select count(*), count(author_id), count(distinct author_id) from posts",
            "select count(*) from threads where merged_into is null",
            "select basis, count(*) from replies group by 1", "select count(*), count(distinct forum_id) from threads",
            "select count(*) from tags", "select kind, count(*) from links group by 1", "select count(*) from attachments",
            "select count(*) from post_revisions", "select what, count(*) from inferences group by 1",
        ] {
            let counts = try ["a", "b"].map {
                try Binary.run(["sql", sql, "--format", "csv", "-a", folder.file("\($0).sqlite")]).stdout
            }
            #expect(counts[0] == counts[1], "\(sql)")
        }
        #expect(try Binary.run(["check", "-a", folder.file("b.sqlite")]).status == 0)
    }
}
