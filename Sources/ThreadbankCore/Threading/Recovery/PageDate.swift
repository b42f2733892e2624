// Ages and dates in header lines. An age ("3 hours ago") is recognised but is no date.

/// When a post was written, as its header says it.
enum PageDate {
    struct Found: Equatable {
        /// Which tokens say it.
        var range: Range<Int>
        /// Unix seconds; nil for an age, and for a date without a time of day.
        var seconds: Int64?
    }

    /// The first age or date among the tokens of a line; nil where there is none.
    static func find(in tokens: [String]) -> Found? {
        for start in tokens.indices {
            if let end = ageEnd(tokens, from: start) { return Found(range: start..<end, seconds: nil) }
            if let end = dateEnd(tokens, from: start) {
                return Found(range: start..<end, seconds: seconds(in: Array(tokens[start..<end])))
            }
        }
        return nil
    }

    // MARK: Ages

    private static func ageEnd(_ tokens: [String], from start: Int) -> Int? {
        let first = bare(tokens[start])
        func next(_ offset: Int) -> String? { start + offset < tokens.count ? bare(tokens[start + offset]) : nil }
        if first == "just", next(1) == "now" { return start + 2 }
        if first == "vor", let count = next(1), isCount(count), next(2).map(units.contains) == true { return start + 3 }
        if isCount(first), let unit = next(1), units.contains(unit), let ago = next(2), agoWords.contains(ago) {
            return start + 3
        }
        if isCompactAge(first) {
            if let ago = next(1), agoWords.contains(ago) { return start + 2 }
            // "name · 3h": alone it counts only behind a separator.
            if start > 0, tokens[start - 1].count == 1, !tokens[start - 1].first!.isLetter, !tokens[start - 1].first!.isNumber {
                return start + 1
            }
        }
        return nil
    }

    private static func bare(_ token: String) -> String {
        token.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func isCount(_ word: String) -> Bool { Int(word) != nil || word == "a" || word == "an" || word == "one" }

    /// "3h", "12min", "2y".
    private static func isCompactAge(_ word: String) -> Bool {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 3 else { return false }
        return compactUnits.contains(String(word.dropFirst(digits.count)))
    }

    private static let agoWords: Set<String> = ["ago", "назад"]
    private static let units: Set<String> = [
        "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days",
        "week",
        "weeks", "wk", "month", "months", "mo", "year", "years", "yr", "yrs", "stunde", "stunden", "minuten", "tag", "tagen",
        "wochen",
        "monat", "monaten", "jahr", "jahren", "час", "часа", "часов", "минут", "минуты", "дня", "дней", "день", "месяц", "месяца",
        "месяцев", "год", "года", "лет",
    ]
    private static let compactUnits: Set<String> = ["s", "m", "h", "d", "w", "y", "mo", "min", "hr", "yr"]

    // MARK: Dates

    static func isTime(_ token: String) -> Bool {
        let parts = token.split(separator: ":")
        guard parts.count == 2 || parts.count == 3, let hour = Int(parts[0]), (0...24).contains(hour) else { return false }
        return parts.dropFirst().allSatisfy { Int($0.prefix { $0.isNumber }) != nil }
    }

    /// AM, PM, a zone.
    static func isTimeMark(_ token: String) -> Bool {
        let word = token.lowercased().filter { $0 != "," && $0 != "." && $0 != "(" && $0 != ")" }
        if ["am", "pm", "utc", "gmt", "z", "at"].contains(word) { return true }
        return (word.hasPrefix("+") || word.hasPrefix("-")) && word.count >= 5
            && word.dropFirst().allSatisfy { $0.isNumber || $0 == ":" }
    }

    private static func dateEnd(_ tokens: [String], from start: Int) -> Int? {
        var end = start
        while end < tokens.count, end - start < 8, isDatePart(tokens[end]) || end > start && isTimeMark(tokens[end]) { end += 1 }
        guard end > start else { return nil }
        let run = Array(tokens[start..<end])
        return PageDateParts(run).isDate ? end : nil
    }

    private static func isDatePart(_ token: String) -> Bool {
        let word = token.lowercased().filter { $0 != "," && $0 != "." && $0 != "(" && $0 != ")" }
        if PageDateParts.months[String(word.prefix(3))] != nil, word.allSatisfy(\.isLetter), word.count <= 9 { return true }
        if PageDateParts.weekdays.contains(String(word.prefix(3))), word.allSatisfy(\.isLetter), word.count <= 9 { return true }
        return word.first?.isNumber == true && word.allSatisfy { $0.isASCII && ($0.isNumber || "-/:tzhsrdn+".contains($0)) }
    }

    /// Unix seconds of the date and time that the tokens say; nil where either is wanting. Without a zone it is taken as UTC.
    static func seconds(in tokens: [String]) -> Int64? { PageDateParts(tokens).seconds }
}
