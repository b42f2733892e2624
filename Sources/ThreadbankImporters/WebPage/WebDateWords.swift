// The words of a written date: weekday, day, month, year, time, zone, or an age.

internal import ThreadbankCore

/// A text taken for a date, word for word.
struct WebDateWords {
    /// A date of which it is not known which number is the day.
    struct Ambiguous {
        var first: Int
        var second: Int
        var year: Int
        var weekday: Int?
    }

    private(set) var ambiguous: Ambiguous?
    private var words: [String] = []
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var seconds: Int?
    private var isAfternoon: Bool?
    private var offset = 0
    private var hasOffset = false
    private var weekday: Int?
    /// 0 for today, 1 for yesterday.
    private var daysAgo: Int?

    init(_ text: String) {
        let marks: Set<Character> = [",", "(", ")", "»", "•", "·", "|", "@", "[", "]", "—", "–"]
        words = text.lowercased().split { $0.isWhitespace || marks.contains($0) }.prefix(24).map(String.init)
        for (place, word) in words.enumerated() {
            // "10 a.m.": an hour, and no day.
            let next = place + 1 < words.count ? words[place + 1].filter { $0 != "." } : ""
            if next == "am" || next == "pm", let hour = Int(word), (1...12).contains(hour) {
                seconds = seconds ?? hour * 3600
            } else {
                read(word)
            }
        }
        if var found = ambiguous {
            found.weekday = weekday
            ambiguous = found
        }
    }

    // MARK: Meaning

    /// The instant of a date with its year. A time without a zone is taken as UTC; a day without a time as its start, and said to be so.
    func written(_ isDayFirst: Bool?) -> WebTime? {
        var (day, month, year) = (day, month, year)
        if let ambiguous {
            let isSame = ambiguous.first == ambiguous.second
            guard let isDayFirst = ambiguous.first > 12 || isSame ? true : ambiguous.second > 12 ? false : isDayFirst else {
                return nil
            }
            (day, month) = isDayFirst ? (ambiguous.first, ambiguous.second) : (ambiguous.second, ambiguous.first)
            year = ambiguous.year
        }
        guard let year, let month, let day, let midnight = Timestamp.seconds(year, month, day) else { return nil }
        guard let time else {
            return WebTime(
                seconds: midnight,
                inference: Inference(.date, basis: "day", confidence: 0.9, evidence: "the page tells the day, not the time"))
        }
        return WebTime(seconds: midnight + Int64(time - offset))
    }

    private var time: Int? {
        guard let seconds else { return nil }
        let hour = seconds / 3600
        if isAfternoon == true, hour < 12 { return seconds + 43_200 }
        if isAfternoon == false, hour == 12 { return seconds - 43_200 }
        return seconds
    }

    /// The instant of "3 hours ago", "yesterday at 10:15" on a page saved then.
    func age(at capture: Int64, _ text: String) -> WebTime? {
        var seconds: Int64?
        var confidence = 0.8
        if let daysAgo, let time {
            seconds = (capture / 86_400 - Int64(daysAgo)) * 86_400 + Int64(time - offset)
            confidence = 0.6
        } else if let unit = span {
            seconds = capture - unit
            confidence = unit < 86_400 ? 0.8 : 0.5
        }
        guard let seconds else { return nil }
        let saved = Timestamp.text(capture) ?? "then"
        return WebTime(
            seconds: seconds,
            inference: Inference(
                .date, basis: "age", confidence: confidence, evidence: "“\(text.prefix(60))” on a page saved \(saved)"))
    }

    /// The seconds of an age.
    private var span: Int64? {
        let isAge = words.contains { Self.agoWords.contains($0) } || words.first == "vor" || words.count <= 2
        guard isAge else { return nil }
        if words.contains("now") || words.contains("moment") { return 0 }
        for (place, word) in words.enumerated() {
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            let rest = word.dropFirst(digits.count)
            var count = Int64(digits)
            var name = String(rest)
            if rest.isEmpty || count == nil {
                if ["a", "an", "one", "einer", "einem"].contains(word) { count = 1 }
                guard count != nil, place + 1 < words.count else { continue }
                name = words[place + 1]
            }
            if let count, count >= 0, count < 10_000, let unit = Self.units[name] { return count * unit }
        }
        return nil
    }

    // MARK: Words

    private mutating func read(_ word: String) {
        if word.contains(":"), word.first?.isNumber == true { return readTime(word) }
        let bare = word.filter { $0 != "." }
        if let number = Self.months[String(bare.prefix(3))], bare.allSatisfy(\.isLetter), bare.count <= 10 {
            month = month ?? number
        } else if let number = Self.weekdays[String(bare.prefix(3))], bare.allSatisfy(\.isLetter) {
            weekday = weekday ?? number
        } else if bare == "am" || bare == "pm" {
            isAfternoon = bare == "pm"
        } else if bare == "noon" || bare == "midnight" {
            seconds = seconds ?? (bare == "noon" ? 43_200 : 0)
        } else if let number = Self.days[bare] {
            daysAgo = number
        } else if let zone = Self.zones[bare] {
            // `+0800 (CST)`: of a zone's name there may be several, its hours are plain.
            if !hasOffset { offset = zone }
        } else if word.first == "+" || word.first == "-", word.count >= 5 {
            readOffset(word[...])
        } else if word.first?.isNumber == true {
            readNumbers(word)
        }
    }

    private mutating func readNumbers(_ word: String) {
        if let t = word.firstIndex(of: "t"), word[word.index(after: t)...].contains(":") {
            readNumbers(String(word[..<t]))
            return readTime(String(word[word.index(after: t)...]))
        }
        let parts = word.split { $0 == "-" || $0 == "/" || $0 == "." }
        if parts.count == 3, let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) {
            if parts[0].count == 4 {
                (year, month, day) = (a, b, c)
            } else if word.contains("."), !word.contains("/") {
                (day, month, year) = (a, b, Self.fullYear(c, parts[2].count))
            } else if let full = Self.fullYear(c, parts[2].count), (1...31).contains(a), (1...31).contains(b) {
                ambiguous = Ambiguous(first: a, second: b, year: full)
            }
            return
        }
        // "2nd", "8.", "2008"
        let digits = word.prefix { $0.isNumber }
        guard let number = Int(digits), ["", ".", "st", "nd", "rd", "th", "."].contains(word.dropFirst(digits.count)) else {
            return
        }
        if digits.count == 4, (1970...2200).contains(number) {
            year = year ?? number
        } else if digits.count <= 2, (1...31).contains(number) {
            day = day ?? number
        }
    }

    private static func fullYear(_ number: Int, _ width: Int) -> Int? {
        width == 4 ? number : width == 2 ? (number < 70 ? 2000 : 1900) + number : nil
    }

    private mutating func readTime(_ word: String) {
        let clock = word.prefix { $0.isNumber || $0 == ":" }
        let fields = clock.split(separator: ":").map { Int($0) ?? 99 }
        guard fields.count == 2 || fields.count == 3, fields[0] < 25, fields.dropFirst().allSatisfy({ $0 < 61 }) else { return }
        seconds = seconds ?? fields[0] * 3600 + fields[1] * 60 + (fields.count == 3 ? fields[2] : 0)
        let rest = word.dropFirst(clock.count).drop { $0 == "." || $0.isNumber }
        if rest.hasPrefix("am") || rest.hasPrefix("pm") { isAfternoon = rest.hasPrefix("pm") } else { readOffset(rest) }
    }

    private mutating func readOffset(_ text: Substring) {
        let digits = text.dropFirst().compactMap(\.wholeNumberValue)
        guard text.first == "+" || text.first == "-", digits.count == 4, digits[0] < 2 else { return }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        offset = (text.first == "-" ? -minutes : minutes) * 60
        hasOffset = true
    }

    // MARK: Vocabulary

    /// By their first three letters: English, German, French, Spanish, Dutch, Italian.
    private static let months: [String: Int] = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
        "mär": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12, "ene": 1, "abr": 4, "ago": 8,
        "dic": 12,
        "mrt": 3, "mei": 5, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10,
    ]
    private static let weekdays: [String: Int] = ["sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6]
    private static let days: [String: Int] = ["today": 0, "yesterday": 1, "heute": 0, "gestern": 1]
    private static let zones: [String: Int] = [
        "utc": 0, "gmt": 0, "z": 0, "est": -18_000, "edt": -14_400, "cst": -21_600, "cdt": -18_000, "mst": -25_200,
        "mdt": -21_600,
        "pst": -28_800, "pdt": -25_200, "cet": 3_600, "cest": 7_200, "bst": 3_600, "msk": 10_800,
    ]
    private static let agoWords: Set<String> = ["ago", "назад", "zuvor"]
    private static let units: [String: Int64] = {
        var table: [String: Int64] = [:]
        let names: [(Int64, String)] = [
            (1, "s sec secs second seconds sekunde sekunden"), (60, "m min mins minute minutes minuten"),
            (3_600, "h hr hrs hour hours stunde stunden"), (86_400, "d day days tag tage tagen"),
            (604_800, "w wk wks week weeks woche wochen"), (2_629_800, "mo mos month months monat monate monaten"),
            (31_557_600, "y yr yrs year years jahr jahre jahren"),
        ]
        for (seconds, words) in names { for word in words.split(separator: " ") { table[String(word)] = seconds } }
        return table
    }()
}
