// Which importer takes an input: by its content, never by chance.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct Recognition {
    @Test(arguments: Seed.all) func eachSeedIsTakenByItsImporterAlone(seed: Seed) {
        for isNamed in [true, false] {
            let probe = seed.probe(isNamed: isNamed)
            // `text` takes any text that was named, which is why it is asked last.
            let names = Importers.all.filter { $0.recognises(probe) }.map(\.name)
            #expect(names.filter { $0 != "text" || seed.importer == "text" } == [seed.importer])
            #expect(Importers.recognising(probe)?.name == seed.importer)
        }
    }

    /// As a pipe would bring it: no name, a byte order mark, white space before it.
    @Test(arguments: Seed.all) func theNameIsNotNeeded(seed: Seed) {
        for start in ["", "\u{FEFF}", " \n\t"] {
            let probe = InputProbe(fileName: "", head: Array(start.utf8) + seed.bytes.prefix(1 << 16), isNamed: true)
            #expect(Importers.recognising(probe)?.name == seed.importer, "after \(start.debugDescription)")
        }
    }

    @Test(arguments: Seed.all) func anyCutOrNoiseIsNoTrap(seed: Seed) {
        var random = SeededGenerator(5)
        for _ in 0..<50 {
            var head = Array(seed.bytes.prefix(Int.random(in: 0...seed.bytes.count, using: &random)))
            for _ in 0..<3 where !head.isEmpty {
                head[Int.random(in: head.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let probe = InputProbe(fileName: seed.fileName, head: head, isNamed: true)
            for importer in Importers.all { _ = importer.recognises(probe) }
        }
    }

    @Test(arguments: [
        "{}", "{\"a\": 1}", "[]", "[1, 2]", "[{\"a\": 1}]", "{\"posts\": []}", "[[[\"x\"]]]", "{ broken", "\u{FEFF}{\"a\": [",
        "<?xml version=\"1.0\"?><posts/>", "<!DOCTYPE html><p>hi", "<html><body>hi</body></html>", " \n<div>hi</div>",
        "<rss version=\"2.0\">", "<!-- note --><p>x</p>",
    ])
    func whatIsJSONOrMarkupIsNeverText(_ text: String) {
        for name in ["", "page.txt", "page.json", "page"] {
            let probe = InputProbe(fileName: name, head: Array(text.utf8), isNamed: true)
            #expect(Importers.recognising(probe)?.name != "text", "\(text) as \(name)")
        }
    }

    @Test func lemmyIsToldFromOtherJSON() throws {
        let other = [
            "{\"id\": \"https://a.example/1\", \"type\": \"Note\", \"content\": \"post comment\"}",
            "{\"post_stream\": {\"posts\": [{\"id\": 1, \"cooked\": \"x\"}]}, \"id\": 3}",
            "{\"threadbank\": 1}\n{\"body\": \"about ap_id, post and community\"}",
        ]
        for text in other {
            let probe = InputProbe(fileName: "x.json", head: Array(text.utf8), isNamed: true)
            #expect(Importers.recognising(probe)?.name != "lemmy", "\(text)")
        }
    }
}
