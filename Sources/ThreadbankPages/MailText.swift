// Headers and bodies of mails: ASCII words, dates, and texts whose lines no mail reader trips over.

internal import ThreadbankCore

/// A date as mails have it.
struct MailDate {
    /// `Tue, 14 Nov 2023 22:13:20 +0000` (RFC 5322); nil where the date is unknown.
    let header: String?
    /// `Tue Nov 14 22:13:20 2023`, as an mbox's lines between mails have it; unknown is the epoch.
    let separator: String

    init(_ seconds: Int64?) {
        let known = seconds.flatMap { Timestamp.text($0) }
        let text = known ?? "1970-01-01T00:00:00Z"
        let (year, month, day) = (text.prefix(4), Int(text.dropFirst(5).prefix(2)) ?? 1, Int(text.dropFirst(8).prefix(2)) ?? 1)
        let time = text.dropFirst(11).prefix(8)
        // Days since the first of January of year 0, a Saturday, so that no known date is negative.
        let days = ((known == nil ? 0 : seconds ?? 0) + 62_167_219_200) / 86_400
        let weekday = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"][Int(days % 7)]
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
            max(1, min(12, month)) - 1]
        header = known == nil ? nil : "\(weekday), \(day) \(name) \(year) \(time) +0000"
        separator = "\(weekday) \(name) \(day < 10 ? " " : "")\(day) \(time) \(year)"
    }
}

/// Words of a header: ASCII as it is, else encoded words (RFC 2047), folded.
enum MailWords {
    static func encoded(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !line.contains("=?")
        return isPlain && line.utf8.count <= 900 ? line : words(line)
    }

    /// A name before an address.
    static func phrase(_ name: String) -> String {
        let line = oneLine(name)
        guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !line.contains("=?"), line.utf8.count < 200 else {
            return words(line)
        }
        return "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(2_000) {
            line.append(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar)
        }
        return String(line)
    }

    /// An encoded word has at most 75 characters and whole characters only.
    private static func words(_ text: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > 42 {
                words.append(word(bytes))
                bytes = []
            }
            bytes += next
        }
        return (words + (bytes.isEmpty ? [] : [word(bytes)])).joined(separator: "\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Base64.text(bytes))?=" }
}

/// Base64 (RFC 4648), without Foundation.
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            value <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? digits[Int(value >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Substring.UTF8View {
    /// Whether any control character stands in it but tabs: C0, DEL, or C1 in two bytes.
    fileprivate var hasControls: Bool {
        var before: UInt8 = 0
        for byte in self {
            if byte < 0x20 && byte != 0x09 || byte == 0x7F || before == 0xC2 && (0x80..<0xA0).contains(byte) { return true }
            before = byte
        }
        return false
    }
}

/// The text of a mail, its lines quoted as mboxrd wants it: `From `, `>From `, … get one more `>`.
struct MailText {
    let encoding: String
    let text: String

    init(_ body: String) {
        let lines = body.replacing("\r\n", with: "\n").utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        // A long line or a carriage return breaks (RFC 5322, 2.1.1); other control characters would speak to the terminal of whoever looks.
        let isPlain = lines.allSatisfy { $0.count <= 990 && !$0.hasControls }
        encoding = isPlain ? "8bit" : "quoted-printable"
        text = lines.flatMap { isPlain ? [String(Substring($0))] : Self.quotedPrintable($0) }.map(Self.quoted).joined(
            separator: "\n")
    }

    private static func quoted(_ line: String) -> String {
        line.utf8.drop { $0 == UInt8(ascii: ">") }.starts(with: "From ".utf8) ? ">" + line : line
    }

    private static func quotedPrintable(_ line: Substring.UTF8View) -> [String] {
        let digits = Array("0123456789ABCDEF".utf8)
        var lines: [String] = []
        var bytes: [UInt8] = []
        for (place, byte) in line.enumerated() {
            let isLast = place == line.count - 1
            let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") || (byte == 0x20 || byte == 0x09) && !isLast
            let next = isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if bytes.count + next.count > 75 {
                lines.append(String(decoding: bytes + [UInt8(ascii: "=")], as: UTF8.self))
                bytes = []
            }
            bytes += next
        }
        return lines + [String(decoding: bytes, as: UTF8.self)]
    }
}
