// Packed inputs of the tests: two posts, as the usual tools pack them, and tars made by hand.

import Foundation
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

enum Packed {
    static let lines = [#"{"key": "a", "body": "first"}"#, #"{"key": "b", "parent": "a", "body": "second"}"#].map { $0 + "\n" }

    /// The first line, by each compression.
    static let streams: [String: [UInt8]] = [
        "gz": "H4sIAAAAAAACA6tWyk6tVLJSUEpU0lFQSspPAXPSMouKS5RquQCmHRo4HgAAAA==",
        "xz": """
        /Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAdeyJrZXkiOiAiYSIsICJib2R5IjogImZpcnN0In0KAAAAPqygWhjcZggAATYePRmVUx+2830BAAAAAARZWg==
        """,
        "bz2": "QlpoOTFBWSZTWfjTYWMAAA5ZgAAQUAQAEDconCogACIIZAaM1CmTEyDIwKqNJMYGTKIp5HiQAL/F3JFOFCQ+NNhYwA==",
        // With a window of 2 GiB, as `zstd --long=31` makes it of a pipe.
        "zst": "KLUv/QSo8QAAeyJrZXkiOiAiYSIsICJib2R5IjogImZpcnN0In0KRbK6xA==",
    ].mapValues(bytes)

    /// Both lines, as `inner/a.jsonl` and `inner/b.jsonl`.
    static let zip = bytes(
        """
        UEsDBAoAAAAAAK+Fdl0AAAAAAAAAAAAAAAAGAAAAaW5uZXIvUEsDBBQAAAAIAK+Fdl1EHwxSKAAAAC4AAAANAAAAaW5uZXIvYi5qc29ubKtWyk6tVLJS\
        UEpS0lFQKkgsSs0rAXETQdyk/BSwXHFqcn5eilItFwBQSwMEFAAAAAgAr4V2XaYdGjgcAAAAHgAAAA0AAABpbm5lci9hLmpzb25sq1bKTq1UslJQSlTS\
        UVBKyk8Bc9Iyi4pLlGq5AFBLAQIeAwoAAAAAAK+Fdl0AAAAAAAAAAAAAAAAGAAAAAAAAAAAAEADtQQAAAABpbm5lci9QSwECHgMUAAAACACvhXZdRB8M\
        UigAAAAuAAAADQAAAAAAAAABAAAApIEkAAAAaW5uZXIvYi5qc29ubFBLAQIeAxQAAAAIAK+Fdl2mHRo4HAAAAB4AAAANAAAAAAAAAAEAAACkgXcAAABp\
        bm5lci9hLmpzb25sUEsFBgAAAAADAAMAqgAAAL4AAAAAAA==
        """)
    static let sevenZip = bytes(
        """
        N3q8ryccAARfzRtomgAAAAAAAAAhAAAAAAAAAE8o0CHgAEsANV0APYiJZpSPPfJ2wKnLZ17epPJOb5FGRamsTPpDHTcpTe4nAeCbT0JkO3znC7XyUr1L\
        OFn3hgAAAACBMweuD9HFlIygkKB3XsVAGJQw5qhc9LJuabYz25bmgozFnECF4FD5h9+TMkJYdGltcjlahAzbXalZ92NG9YHhKo2SMJC6Ka0YxvQzv1Af\
        FQe4B1+QetYseyoAFwY9AQldAAcLAQABIwMBAQVdABAAAAyAhgoB76voPwAA
        """)
    /// The first line as `a.jsonl`, under a password.
    static let encryptedZip = bytes(
        """
        UEsDBBQACQAIAK+Fdl2mHRo4KAAAAB4AAAAHAAAAYS5qc29ubKDZR7b0SFy3xlILtJyhTAzShqjdoEOQqzqS1gmSkEx0AN/dr48IcIxQSwcIph0aOCgA\
        AAAeAAAAUEsBAh4DFAAJAAgAr4V2XaYdGjgoAAAAHgAAAAcAAAAAAAAAAQAAAKSBAAAAAGEuanNvbmxQSwUGAAAAAAEAAQA1AAAAXQAAAAAA
        """)

    /// A member of a tar: 0 is a file, 2 a link, 6 a named pipe.
    static func member(_ name: String, _ text: String = "", type: Character = "0", target: String = "") -> [UInt8] {
        func field(_ text: String, _ size: Int) -> [UInt8] {
            Array(text.utf8.prefix(size)) + [UInt8](repeating: 0, count: max(0, size - text.utf8.count))
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return field(String(repeating: "0", count: max(0, digits - text.count)) + text, digits + 1)
        }
        let start = field(name, 100) + octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(text.utf8.count, 11) + octal(0, 11)
        let end = Array(String(type).utf8) + field(target, 100) + field("ustar\u{0}00", 8) + field("", 247)
        let sum = (start + end).reduce(8 * 0x20) { $0 + Int($1) }
        let padding = [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
        return start + octal(sum, 6) + [0x20] + end + Array(text.utf8) + padding
    }

    static func tar(_ members: [UInt8]...) -> [UInt8] { members.flatMap { $0 } + [UInt8](repeating: 0, count: 1024) }

    private static func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { Array($0) } ?? [] }
}

/// What a finder gave, each input read by its importer.
struct Finding {
    var name: String
    var key: String
    var importer: String?
    var posts: [ImportedPost] = []
    /// Why it was not read, or not to its end.
    var reason: String?
    var rejected = 0

    var keys: [String] { posts.compactMap(\.key) }

    static func all(at path: String, _ finder: InputFinder = InputFinder()) throws -> [Finding] {
        var all: [Finding] = []
        try finder.forEachInput(at: path) { found in
            var finding = Finding(name: found.input.name, key: found.input.key)
            switch found.match {
            case .refused(let reason), .skipped(let reason): finding.reason = reason
            case .importer(let importer):
                finding.importer = importer.name
                let sink = RecordingSink()
                do { try importer.read(found.input, into: sink) } catch let error as ImportError { finding.reason = "\(error)" }
                finding.reason = found.input.failure?.description ?? finding.reason
                finding.posts = sink.posts
                finding.rejected = sink.rejected.count
            }
            all.append(finding)
        }
        return all
    }
}

extension TemporaryFolder {
    /// Writes a file, making the folders on the way, and gives its path.
    @discardableResult
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return file(name)
    }

    @discardableResult
    func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }
}
