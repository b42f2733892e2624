// Inputs made wrong in the ways in which real ones are, and in ways in which only an enemy's are.

/// Makes variants of an input: flipped, lost, repeated and foreign bytes, blocks moved, cut ends, numbers out of range.
public struct Mutator {
    private var random: SeededGenerator
    private let donors: [[UInt8]]

    /// - parameter donors: inputs of which parts are put into others.
    public init(seed: UInt64, donors: [[UInt8]]) {
        random = SeededGenerator(seed)
        self.donors = donors.filter { !$0.isEmpty }
    }

    /// One to eight changes; at most `limit` bytes.
    public mutating func variant(of bytes: [UInt8], limit: Int = 1 << 20) -> [UInt8] {
        var bytes = Array(bytes.prefix(limit))
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            change(&bytes)
            if bytes.count > limit { bytes.removeLast(bytes.count - limit) }
        }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        if bytes.isEmpty {
            bytes = Self.tokens.randomElement(using: &random) ?? []
            return
        }
        let place = Int.random(in: bytes.indices, using: &random)
        let end = min(bytes.count, place + (1 << Int.random(in: 0...12, using: &random)))
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 4:
            let times = 1 << Int.random(in: 1...10, using: &random)
            bytes.insert(contentsOf: (0..<times).flatMap { _ in bytes[place..<min(end, place + 64)] }, at: place)
        case 5: bytes.insert(contentsOf: Self.tokens.randomElement(using: &random) ?? [], at: place)
        case 6: bytes.removeSubrange(place...)
        case 7: replaceNumber(in: &bytes, from: place)
        default: splice(into: &bytes, at: place)
        }
    }

    private mutating func replaceNumber(in bytes: inout [UInt8], from place: Int) {
        guard let start = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
        let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
        let numbers = ["0", "-1", "9223372036854775807", "9223372036854775808", "1e400", "00", "99999999999999999999", "0.5"]
        bytes.replaceSubrange(start..<end, with: (numbers.randomElement(using: &random) ?? "0").utf8)
    }

    private mutating func splice(into bytes: inout [UInt8], at place: Int) {
        guard let donor = donors.randomElement(using: &random) else { return }
        let start = Int.random(in: donor.indices, using: &random)
        bytes.insert(contentsOf: donor[start..<min(donor.count, start + Int.random(in: 1...4096, using: &random))], at: place)
    }

    private static let tokens: [[UInt8]] =
        [
            "\n", "\r\n", "\n\n", "\u{0}", "\u{FEFF}", "{", "}", "[", "]", "\"", "\\", "\\u0000", "\\ud800", "null", "true", ",",
            ":",
            "<", ">", "</p>", "<!--", "]]>", "<row ", "/>", "&amp;", "&#0;", "&#xFFFFFFFF;", "<blockquote>", "\nFrom ",
            "\nFrom a@b Fri Feb 22 17:06:23 2008\n", "\n>From ", "Message-ID: <", "References: ", "Content-Length: 999999999\n",
            "Content-Type: multipart/mixed; boundary=\"\"\n", "=?utf-8?b?", "?=", "--", "-- \n", "[deleted]", "| #1", "[quote=\"",
            "<div>", "</div>", "<div class=\"", "<table><tr><td>", "<li>", "<script type=\"application/ld+json\">", "</script>",
            "<time datetime=\"",
            " itemscope itemtype=\"https://schema.org/Comment\"", " itemprop=\"comment\"", "<!-- id=\"a@b\" -->", "3 hours ago",
            "03/04/2013",
            "WARC/1.0\r\n", "WARC-Type: response\r\n", "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n",
            "ffffffffffffffff\r\n",
            "Content-Encoding: gzip\r\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x1F, 0x8B], [0x1B, 0x5B]]
}
