// One line of Markdown without what is there for a program alone.

internal import ThreadbankCore

enum MarkdownInline {
    /// The line with escapes and entities undone, and `[https://x](https://x)` and `<https://x>` as the address alone. Code between backticks
    /// stays as it is.
    static func shown(_ line: String) -> String {
        let bytes = Array(line.utf8)
        guard bytes.contains(where: { "\\&`[<".utf8.contains($0) }) else { return line }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var unclosed: Set<Int> = []
        var (at, middle) = (0, -1)
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "`"):
                let end = code(bytes, at, &unclosed)
                out += bytes[at..<end]
                at = end
            case UInt8(ascii: "\\"):
                at += 1
                // At the end of a line it breaks the line, which it does here anyway.
                if at < bytes.count {
                    if !isPunctuation(bytes[at]) { out.append(byte) }
                    out.append(bytes[at])
                    at += 1
                }
            case UInt8(ascii: "&"):
                let entity = MarkdownEntity(bytes[at...])
                out += (entity?.text ?? "&").utf8
                at += entity?.length ?? 1
            case UInt8(ascii: "<"):
                let address = angled(bytes, at)
                out += address ?? [byte]
                at += address.map { $0.count + 2 } ?? 1
            case UInt8(ascii: "["):
                if middle < at { middle = bytes[at...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count }
                let link = doubled(bytes, at, middle)
                out += link?.address ?? [byte]
                at = link?.end ?? at + 1
            default:
                out.append(byte)
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte) || (0x5B...0x60).contains(byte)
            || (0x7B...0x7E).contains(byte)
    }

    /// Where the code that opens at `start` ends; the end of its backticks where nothing closes it.
    ///
    /// - parameter unclosed: lengths of backticks that nothing behind closes, so that nobody looks twice.
    private static func code(_ bytes: [UInt8], _ start: Int, _ unclosed: inout Set<Int>) -> Int {
        let tick = UInt8(ascii: "`")
        let open = bytes[start...].firstIndex { $0 != tick } ?? bytes.count
        if unclosed.contains(open - start) { return open }
        var at = open
        while let next = bytes[at...].firstIndex(of: tick) {
            let end = bytes[next...].firstIndex { $0 != tick } ?? bytes.count
            if end - next == open - start { return end }
            at = end
        }
        unclosed.insert(open - start)
        return open
    }

    /// The address in `<https://x>`; nil for any other `<`.
    private static func angled(_ bytes: [UInt8], _ start: Int) -> [UInt8]? {
        let rest = bytes[(start + 1)...].prefix(2_000)
        guard let end = rest.firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }),
            bytes[end] == UInt8(ascii: ">")
        else { return nil }
        let address = Array(rest[..<end])
        return isAddress(address) ? address : nil
    }

    /// A link whose words are its address.
    ///
    /// - parameter middle: the next `]`.
    private static func doubled(_ bytes: [UInt8], _ start: Int, _ middle: Int) -> (address: [UInt8], end: Int)? {
        guard middle - start < longestAddress, middle + 2 < bytes.count, bytes[middle + 1] == UInt8(ascii: "("),
            [UInt8(ascii: "<"), UInt8(ascii: "h"), UInt8(ascii: "m")].contains(bytes[middle + 2])
        else { return nil }
        let last = min(bytes.count, middle + longestAddress)
        var (depth, end) = (0, middle + 2)
        while end < last, depth > 0 || bytes[end] != UInt8(ascii: ")") {
            if bytes[end] <= 0x20 { return nil }
            if bytes[end] == UInt8(ascii: "(") { depth += 1 } else if bytes[end] == UInt8(ascii: ")") { depth -= 1 }
            end += 1
        }
        guard end < last else { return nil }
        var target = bytes[(middle + 2)..<end]
        if target.first == UInt8(ascii: "<"), target.last == UInt8(ascii: ">") { target = target.dropFirst().dropLast() }
        let (address, words) = (unescaped(target), unescaped(bytes[(start + 1)..<middle]))
        return isAddress(address) && bare(words) == bare(address) ? (address, end + 1) : nil
    }

    private static let longestAddress = 1_000

    /// With escapes and entities undone, and nothing else.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            if byte == UInt8(ascii: "\\"), let next = rest.dropFirst().first, isPunctuation(next) {
                out.append(next)
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "&"), let entity = MarkdownEntity(rest) {
                out += entity.text.utf8
                rest = rest.dropFirst(entity.length)
            } else {
                out.append(byte)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func isAddress(_ bytes: [UInt8]) -> Bool {
        ["https://", "http://", "mailto:"].contains { bytes.starts(with: $0.utf8) }
    }

    /// An address without what people leave out.
    private static func bare(_ address: [UInt8]) -> ArraySlice<UInt8> {
        let start = ["https://", "http://", "mailto:"].first { address.starts(with: $0.utf8) }?.utf8.count ?? 0
        let rest = address[start...]
        return rest.last == UInt8(ascii: "/") ? rest.dropLast() : rest
    }
}

/// An entity at the start of some bytes: `&amp;`, `&#62;`, `&#x200B;`.
struct MarkdownEntity: Equatable {
    /// What it stands for; nothing for a space of no width. A line's end is a space, so that a line stays one.
    let text: String
    /// How many bytes it takes.
    let length: Int

    /// nil where there is none, or one that is not known here.
    init?(_ bytes: ArraySlice<UInt8>) {
        let inner = bytes.dropFirst().prefix(10)
        guard let end = inner.firstIndex(of: UInt8(ascii: ";")), end > inner.startIndex else { return nil }
        let name = String(decoding: inner[..<end], as: UTF8.self)
        length = end + 1 - bytes.startIndex
        if name.hasPrefix("#") {
            let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
            guard let value = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10) else { return nil }
            switch value {
            case 0x200B, 0xFEFF: text = ""
            case 0x0A, 0x0D, 0xA0: text = " "
            default: text = Unicode.Scalar(value == 0 ? 0xFFFD : value).map { String($0) } ?? "\u{FFFD}"
            }
        } else {
            guard let known = Self.names[name] else { return nil }
            text = known
        }
    }

    private static let names = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—", "hellip": "…",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "middot": "·", "bull": "•",
        "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£", "deg": "°", "times": "×", "rarr": "→", "larr": "←",
    ]
}
