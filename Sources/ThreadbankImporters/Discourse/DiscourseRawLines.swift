// The line forms of Discourse's raw text of a topic.

internal import Foundation
internal import ThreadbankCore

/// `name | 2017-01-02 01:00:34 UTC | #1`, which opens a post.
struct DiscourseRawHeader {
    var name: String
    /// When the post was last changed, edits of the software's own among them; not when it was written.
    var changedAt: Int64?
    var number: Int64

    init?(_ line: [UInt8]) {
        guard line.count < 500, line.contains(UInt8(ascii: "|")) else { return nil }
        let fields = String(decoding: line, as: UTF8.self).components(separatedBy: " | ")
        guard fields.count == 3, fields[2].hasPrefix("#"), let number = Int64(fields[2].dropFirst()), number > 0,
            fields[1].hasSuffix(" UTC"), !fields[0].isEmpty
        else { return nil }
        let date = fields[1].dropLast(4)
        guard date.utf8.count >= 19, date.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
        name = fields[0]
        changedAt = Timestamp.parse(date.replacing(" ", with: "T"))
        self.number = number
    }

    /// The line that stands behind each post.
    static let separator = [UInt8](repeating: UInt8(ascii: "-"), count: 25)
}

extension ImportInput {
    /// The topic's number as files of it are named: `some-title.1234.md`, `1234.txt`, `topic-1234`; nil where the name has none.
    var discourseTopic: String? {
        var name = (self.name as NSString).lastPathComponent
        for _ in 0..<3 {
            let ending = (name as NSString).pathExtension
            guard ["md", "txt", "raw", "markdown", "gz", "zst", "xz", "bz2"].contains(ending.lowercased()) else { break }
            name = (name as NSString).deletingPathExtension
        }
        let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }
        guard (1...15).contains(digits.count), digits.last != 0x30 else { return nil }
        if let before = name.utf8.dropLast(digits.count).last, !".-_/".utf8.contains(before) { return nil }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }
}
