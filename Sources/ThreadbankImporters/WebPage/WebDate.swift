// Dates as pages write them: for machines, for people, and as ages.

internal import ThreadbankCore

/// When something was written, and how sure that is.
struct WebTime: Equatable {
    /// Unix seconds.
    var seconds: Int64
    /// What an instant that the page does not state rests on; nil where it states it.
    var inference: Inference?
}

/// Reads the dates of one page, which are all written alike.
struct WebDates {
    /// When the page was saved; without it an age is no date.
    var capturedAt: Int64?
    /// Whether `03/04/2013` is the third of April; nil where nothing tells, and such a date is none.
    var isDayFirst: Bool?

    /// The instant that a text says; nil where it says none.
    func time(_ text: String) -> WebTime? {
        let text = WebText.trimmed(text)
        guard !text.isEmpty, text.utf8.count < 200 else { return nil }
        if let seconds = Self.machine(text) { return WebTime(seconds: seconds) }
        let words = WebDateWords(text)
        if let time = words.written(isDayFirst) { return time }
        return capturedAt.flatMap { words.age(at: $0, text) }
    }

    /// ISO 8601, or Unix time in seconds or milliseconds, as attributes hold them: `2024-01-02T03:04:05 1704164645` too.
    private static func machine(_ text: String) -> Int64? {
        let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if digits, let number = Int64(text) {
            switch text.utf8.count {
            case 9...10: return number
            case 13: return number / 1000
            default: return nil
            }
        }
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let parts = text.split(separator: " ")
        if parts.count == 2, parts[1].utf8.count >= 9, let number = Int64(parts[1]), Timestamp.parse(parts[0]) != nil {
            return number
        }
        return Timestamp.parse(text.hasSuffix(" UTC") ? text.dropLast(4) + "Z" : text[...])
    }

    /// Finds out which of the two numbers of `03/04/2013` is the day: one is above 12, or a weekday stands beside it, or only one way
    /// the dates of the page go up.
    mutating func learn(from texts: [String], language: String?) {
        let dates = texts.prefix(2000).compactMap { WebDateWords($0).ambiguous }
        guard !dates.isEmpty else { return }
        if dates.contains(where: { $0.first > 12 }) {
            isDayFirst = true
            return
        }
        if dates.contains(where: { $0.second > 12 }) {
            isDayFirst = false
            return
        }
        for date in dates {
            guard let weekday = date.weekday else { continue }
            let asDay = Self.weekday(date.year, date.second, date.first) == weekday
            if asDay != (Self.weekday(date.year, date.first, date.second) == weekday) {
                isDayFirst = asDay
                return
            }
        }
        func ascends(_ day: (WebDateWords.Ambiguous) -> Int) -> Bool {
            zip(dates, dates.dropFirst()).allSatisfy { day($0) <= day($1) }
        }
        let dayFirst = ascends { ($0.year * 16 + $0.second) * 32 + $0.first }
        let monthFirst = ascends { ($0.year * 16 + $0.first) * 32 + $0.second }
        if dayFirst != monthFirst {
            isDayFirst = dayFirst
            return
        }
        guard let language = language?.lowercased(), !language.isEmpty, language != "en" else { return }
        isDayFirst = language != "en-us"
    }

    /// 0 for Sunday.
    static func weekday(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        Timestamp.seconds(year, month, day).map { Int(($0 / 86_400 + 4) % 7 + 7) % 7 }
    }
}
