// The lines that part the messages of one file.

/// What stands between messages: the `From ` lines of mbox, or the lines of `=` in a LISTSERV log.
enum MailSeparator {
    case mbox
    case listserv

    /// What every separator begins with, behind the end of the line before it.
    var pattern: [UInt8] { self == .mbox ? Array("\nFrom ".utf8) : Array(("\n" + String(repeating: "=", count: 60)).utf8) }

    /// Bytes that must be known behind the start of a line to say whether it is one.
    static let reach = 4_096

    /// The kind that a file begins with; nil where it begins with neither.
    static func opening(_ head: ArraySlice<UInt8>) -> (kind: MailSeparator, start: Int)? {
        var start = head.startIndex
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
        while start < head.endIndex, head[start] == 0x20 || (0x09...0x0D).contains(head[start]) { start += 1 }
        let rest = head[start...]
        for kind in [MailSeparator.mbox, .listserv] where kind.matches(rest, isBehindBlank: true) { return (kind, start) }
        return nil
    }

    /// Whether a line is a separator.
    ///
    /// Prose may begin with "From " too, in files whose writer did not quote it. So a `From ` line must end in a date, or stand alone
    /// with its address and be followed by a header; and a blank line must be before it, or both hold.
    ///
    /// - parameter text: the line, and what follows it.
    func matches(_ text: ArraySlice<UInt8>, isBehindBlank: Bool) -> Bool {
        let text = text.prefix(Self.reach)
        let line = text.prefix { $0 != 0x0A }
        guard line.count < 1_000 else { return false }
        let behind = text[line.endIndex...].dropFirst()
        let hasHeader = Self.isHeader(behind) || behind.starts(with: ">From ".utf8)
        switch self {
        case .listserv:
            return line.count >= 60 && hasHeader && line.allSatisfy { $0 == UInt8(ascii: "=") || $0 == 0x0D }
        case .mbox:
            guard line.starts(with: "From ".utf8) else { return false }
            let words = line.dropFirst(5).split { $0 <= 0x20 }
            // The last line of a file that was cut there.
            let isCut = line.endIndex == text.endIndex && line.count < Self.reach
            if words.count <= 1 { return isBehindBlank && (hasHeader || isCut) }
            let date = FromLineDate(words)
            if isCut, isBehindBlank, words[0].contains(UInt8(ascii: "@")) { return true }
            return date.isWhole && (hasHeader || isBehindBlank) || date.isPartial && hasHeader && isBehindBlank
        }
    }

    /// Whether a header begins here: a name without spaces, and a colon.
    static func isHeader(_ text: ArraySlice<UInt8>) -> Bool {
        let name = text.prefix(80).prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        return !name.isEmpty && name.endIndex < text.endIndex && text[name.endIndex] == UInt8(ascii: ":")
    }
}

/// How much of a date the words of a `From ` line hold.
private struct FromLineDate {
    /// Weekday, month, time and year, as ctime(3) writes them, or an ISO date and a time.
    var isWhole = false
    /// A month or an ISO date, and a time or a year.
    var isPartial = false

    init(_ words: [ArraySlice<UInt8>]) {
        guard words.count < 30 else { return }
        var (hasDay, hasMonth, hasTime, hasYear, hasISO) = (false, false, false, false, false)
        for word in words.dropFirst() {
            let word = word.last == UInt8(ascii: ",") ? word.dropLast() : word
            if word.count == 3, let name = String(validating: word, as: UTF8.self) {
                hasDay = hasDay || Self.days.contains(name)
                hasMonth = hasMonth || Self.months.contains(name)
            }
            let digits = word.count { (0x30...0x39).contains($0) }
            let colons = word.count { $0 == UInt8(ascii: ":") }
            hasTime = hasTime || colons >= 1 && digits >= 3 && digits + colons <= word.count
            hasYear = hasYear || digits == 4 && word.count == 4 || digits == 2 && word.count == 2 && hasTime
            hasISO =
                hasISO || digits == 8 && word.count == 10 && word.count { $0 == UInt8(ascii: "-") } == 2
                || digits >= 12 && colons >= 1
        }
        isWhole = hasDay && hasMonth && hasTime && hasYear || hasISO && hasTime
        isPartial = (hasMonth || hasISO) && (hasTime || hasYear)
    }

    private static let days: Set<String> = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months: Set<String> = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
