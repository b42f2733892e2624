// A line of a chat log: who said what at what time, or what the channel announces.

/// What stands in one line of a log as IRC clients write it.
struct ChatLine: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// `<name> text`, or `* name does` as an action.
        case message(speaker: String, isAction: Bool)
        /// Somebody came, left or is called otherwise now; a day began.
        case notice
    }

    var kind: Kind
    /// What was said or done; of a notice the whole line.
    var text: String
    /// Seconds since midnight, where the line says so.
    var time: Int?
    /// Unix seconds of the midnight before, where the line names a day.
    var day: Int64?

    /// Reads `[12:34] <name> text`, `12:34:56 <name> text`, `2009-02-23 12:34 <name> text`, `[12:34] * name does`, `=== notice`,
    /// `12:34 -!- notice`; nil for any other line.
    init?(_ line: String) {
        var rest = line[...]
        let time = ChatStamp(&rest)
        self.time = time?.time
        day = time?.day
        rest = rest.drop { $0 == " " || $0 == "\t" }
        if let mark = Self.noticeMarks.first(where: { rest.hasPrefix($0) }) {
            guard time != nil || mark == "===" || mark == "***" || mark == "---" else { return nil }
            kind = .notice
            text = line
            day = day ?? ChatStamp.day(in: rest.dropFirst(mark.count))
            return
        }
        // Without a time, "<word> …" may be anything.
        guard time != nil else { return nil }
        if rest.first == "<" {
            guard let end = rest.firstIndex(of: ">"), rest.distance(from: rest.startIndex, to: end) <= 64 else { return nil }
            let name = rest[rest.index(after: rest.startIndex)..<end].drop { " @+%&~".contains($0) }
            guard !name.isEmpty, !name.contains(" ") else { return nil }
            kind = .message(speaker: String(name), isAction: false)
            text = Self.trimmed(rest[rest.index(after: end)...])
        } else if rest.hasPrefix("* ") {
            let words = rest.dropFirst(2).drop { $0 == " " }
            let name = words.prefix { $0 != " " }
            guard !name.isEmpty else { return nil }
            text = Self.trimmed(words[name.endIndex...])
            kind = Self.isNotice(text) ? .notice : .message(speaker: String(name), isAction: true)
        } else {
            return nil
        }
    }

    private static func trimmed(_ text: Substring) -> String { String(text.drop { $0 == " " || $0 == "\t" }) }

    /// "has joined #channel", "has quit [timeout]", "is now known as other", "sets mode: +o name".
    private static func isNotice(_ action: String) -> Bool {
        noticeOpenings.contains { action.hasPrefix($0) }
    }

    private static let noticeMarks = ["===", "***", "---", "-!-", "-->", "<--", "→", "←"]
    private static let noticeOpenings = [
        "has joined", "has quit", "has left", "is now known as", "sets mode", "joined #", "left #", "quit (",
        "gives channel operator",
        "changes topic", "has changed the topic", "has set the topic",
    ]
}

/// The time at the head of a line, and the day where it is told.
struct ChatStamp {
    var time: Int
    var day: Int64?

    /// Takes `[12:34]`, `(12:34:56)`, `12:34`, `2009-02-23 12:34`, `2009-02-23T12:34:56` off the text; nil leaves it as it is.
    init?(_ text: inout Substring) {
        var bytes = text.utf8
        let closing: UInt8? =
            bytes.first == UInt8(ascii: "[") ? UInt8(ascii: "]") : bytes.first == UInt8(ascii: "(") ? UInt8(ascii: ")") : nil
        if closing != nil { bytes = bytes.dropFirst() }
        var day: Int64?
        if let date = Self.date(&bytes) {
            guard let next = bytes.first, next == UInt8(ascii: " ") || next == UInt8(ascii: "T") else { return nil }
            bytes = bytes.dropFirst()
            day = date
        }
        guard let hour = Self.number(&bytes, digits: 1...2), hour < 24, bytes.first == UInt8(ascii: ":") else { return nil }
        bytes = bytes.dropFirst()
        guard let minute = Self.number(&bytes, digits: 2...2), minute < 60 else { return nil }
        var second = 0
        if bytes.first == UInt8(ascii: ":") {
            bytes = bytes.dropFirst()
            guard let read = Self.number(&bytes, digits: 2...2), read < 61 else { return nil }
            second = read
        }
        if let closing {
            guard bytes.first == closing else { return nil }
            bytes = bytes.dropFirst()
        }
        guard let next = bytes.first, next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") else { return nil }
        time = hour * 3_600 + minute * 60 + second
        self.day = day
        text = Substring(bytes)
    }

    /// The day that a notice names: "Day changed Mon Feb 23 2009", "Log opened 2009-02-23".
    static func day(in text: Substring) -> Int64? {
        let lowered = text.prefix(80).lowercased()
        guard lowered.contains("day") || lowered.contains("log") else { return nil }
        let tokens = lowered.split(separator: " ").filter { !$0.contains(":") }.map(String.init)
        guard PageDateParts(tokens).isDate else { return nil }
        return PageDateParts(tokens + ["00:00"]).seconds
    }

    /// The first `YYYY-MM-DD` or `YYYY-MM-DD`-like day in the name of a file, as Unix seconds; nil where it names none.
    static func day(inName name: String) -> Int64? {
        var bytes = Substring(name).utf8
        while !bytes.isEmpty {
            var rest = bytes
            if let day = date(&rest), rest.first.map({ (0x30...0x39).contains($0) }) != true { return day }
            // A number is skipped whole, so that no part of a longer one is taken for a year.
            let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
            bytes = bytes.dropFirst(max(1, digits))
        }
        return nil
    }

    private static func date(_ bytes: inout Substring.UTF8View) -> Int64? {
        var rest = bytes
        guard let year = number(&rest, digits: 4...4), (1970...2200).contains(year), rest.first == UInt8(ascii: "-") else {
            return nil
        }
        rest = rest.dropFirst()
        guard let month = number(&rest, digits: 2...2), rest.first == UInt8(ascii: "-") else { return nil }
        rest = rest.dropFirst()
        guard let day = number(&rest, digits: 2...2), let seconds = Timestamp.seconds(year, month, day) else { return nil }
        bytes = rest
        return seconds
    }

    private static func number(_ bytes: inout Substring.UTF8View, digits: ClosedRange<Int>) -> Int? {
        let run = bytes.prefix(digits.upperBound).prefix { (0x30...0x39).contains($0) }
        guard digits.contains(run.count) else { return nil }
        bytes = bytes.dropFirst(run.count)
        return run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
