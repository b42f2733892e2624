// A line of a mail, and what its look says of it.

internal import Foundation

struct MailLine {
    let range: Range<String.Index>
    private let text: Substring

    static func lines(of text: String) -> [MailLine] {
        var lines: [MailLine] = []
        var start = text.startIndex
        let bytes = text.utf8
        while start < text.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A)
            let next = end.map { bytes.index(after: $0) } ?? text.endIndex
            lines.append(MailLine(range: start..<next, text: text[start..<(end ?? next)]))
            start = next
        }
        return lines
    }

    var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

    /// `> text`, `>> text`, `Ann> text`; not an arrow or a tag.
    var isQuoted: Bool {
        guard let mark = text.utf8.prefix(12).firstIndex(of: UInt8(ascii: ">")) else { return false }
        let before = text[..<mark].drop { $0 == " " || $0 == "\t" }
        if before.isEmpty { return true }
        return before.utf8.count <= 4 && before.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }

    /// `-- `, or what is left of it where trailing spaces were taken away.
    var isSignatureMark: Bool { text == "-- " || text == "--" || text == "-- \r" }

    /// The line that lists draw above what they add.
    var isFooterRule: Bool {
        let marks = text.utf8.filter { $0 != 0x20 && $0 != 0x0D }
        return marks.count >= 20
            && (marks.allSatisfy { $0 == UInt8(ascii: "_") } || marks.allSatisfy { $0 == UInt8(ascii: "=") }
                || marks.allSatisfy { $0 == UInt8(ascii: "-") })
    }

    var opensFooter: Bool {
        let line = text.lowercased()
        return line.hasPrefix("to unsubscribe from this list")
            || line.hasPrefix("you received this message because you are subscribed")
            || line.hasPrefix("to unsubscribe, e-mail:") || line.hasPrefix("to unsubscribe, send")
    }

    var speaksOfList: Bool {
        let line = text.lowercased()
        return ["mailing list", "unsubscribe", "listinfo", "/mailman", "lists."].contains { line.contains($0) }
    }

    /// What mail programs put above a whole message that they append, in the languages of the most used ones.
    var isOriginalMark: Bool {
        guard text.utf8.first == UInt8(ascii: "-"), text.utf8.count < 80 else { return false }
        let line = text.trimmingCharacters(in: CharacterSet(charactersIn: "- \r")).lowercased()
        return Self.originals.contains(line)
    }

    var endsAttribution: Bool {
        guard let last = text.last(where: { !$0.isWhitespace }) else { return false }
        return last == ":" || last == "：" || text.contains("wrote") || text.contains("writes")
    }

    /// "On Monday", "Am 3. Mai", "2019-04-29 10:00": how an attribution begins.
    var opensAttribution: Bool {
        let line = text.drop { $0 == " " }
        return line.prefix(4).contains { $0.isNumber } || Self.openings.contains { line.hasPrefix($0) }
    }

    /// A verb of writing, or an address.
    var namesAuthor: Bool {
        let line = text.lowercased()
        return Self.verbs.contains { line.contains($0) } || line.contains("@") || line.contains(" at ")
    }

    private static let originals: Set<String> = [
        "original message", "ursprüngliche nachricht", "original-nachricht", "originalnachricht", "message d'origine",
        "mensaje original",
        "messaggio originale", "mensagem original", "oorspronkelijk bericht", "ursprungligt meddelande", "opprinnelig melding",
        "oprindelig meddelelse", "wiadomość oryginalna", "исходное сообщение", "forwarded message", "weitergeleitete nachricht",
        "original appointment", "original mail", "原始邮件", "元のメッセージ",
    ]
    private static let openings = [
        "On ", "Am ", "Le ", "El ", "Il ", "Em ", "Op ", "Den ", "W dniu ", "Dnia ", "In article", "In message", "In <",
        "Quoting ",
        "At ", "Thus ", "Also sprach", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "在", "> On ",
    ]
    private static let verbs = [
        "wrote", "writes", "said:", "schrieb", "schreef", "a écrit", "escribió", "ha scritto", "scrisse", "escreveu", "skrev",
        "pisze",
        "napisał", "пишет", "написал", "kirjoitti", "yazdı", "写道", "書きました", "작성",
    ]
}
