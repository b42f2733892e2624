// Helpers of the tests of mail.

import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

/// What an importer makes of a text; line feeds become the ends that are asked for.
func readMail(_ text: String, as format: String = "eml", lineEnd: String = "\n", chunk: Int = 1 << 16) throws -> RecordingSink {
    let sink = RecordingSink()
    let bytes = Array(text.replacing("\n", with: lineEnd).utf8)
    try Importers.named(format)?.read(MemoryInput(name: "test", bytes: bytes, chunk: chunk), into: sink)
    return sink
}

/// What an importer makes of bytes.
func readMail(bytes: [UInt8], as format: String = "eml") throws -> RecordingSink {
    let sink = RecordingSink()
    try Importers.named(format)?.read(MemoryInput(name: "test", bytes: bytes), into: sink)
    return sink
}

/// The only post of a mail with these headers and this body.
func mail(_ headers: String, body: String = "Hello.\n") throws -> ImportedPost? {
    let base = headers.contains("From:") ? "" : "From: Ann <ann@a.example>\n"
    let sink = try readMail(base + headers + "\n\n" + body)
    return sink.posts.count == 1 ? sink.posts.first : nil
}

extension ImportedPost {
    /// The keys of its parent and of the ancestors above it.
    var above: [String] {
        ([parent?.parent].compactMap(\.self) + ancestors).map {
            switch $0.name {
            case .key(let key): key
            case .alias(let alias): "alias \(alias)"
            }
        }
    }
}
