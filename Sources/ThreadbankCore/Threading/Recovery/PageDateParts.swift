// The year, month, day, time and zone in a written date.

/// Reads ISO 8601 ("2023-08-01T23:35:34Z") and the forms of mail and forums ("Tue, 3 Mar 2015 17:12 +0100", "Mar 03, 2015 5:12 pm").
struct PageDateParts {
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var time: Int?
    private var isAfternoon: Bool?
    private var offset = 0

    static let months: [String: Int] = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    ]
    static let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    init(_ tokens: [String]) {
        for token in tokens { read(token.lowercased().filter { $0 != "," && $0 != "(" && $0 != ")" }[...]) }
    }

    /// Whether a year, a month and a day are there.
    var isDate: Bool { year != nil && month != nil && day != nil }

    var seconds: Int64? {
        guard let year, let month, let day, var time, let midnight = Timestamp.seconds(year, month, day) else { return nil }
        let hour = time / 3_600
        if isAfternoon == true, hour < 12 { time += 43_200 }
        if isAfternoon == false, hour == 12 { time -= 43_200 }
        return midnight + Int64(time - offset)
    }

    private mutating func read(_ word: Substring) {
        if let t = word.firstIndex(of: "t"), word.prefix(4).allSatisfy(\.isNumber), word[t...].count > 3 {
            read(word[..<t])
            readTime(word[word.index(after: t)...])
        } else if word.contains(":"), word.first != "+", word.first != "-" {
            readTime(word)
        } else if let number = Self.months[String(word.prefix(3))], word.allSatisfy({ $0.isLetter || $0 == "." }) {
            month = month ?? number
        } else if word.hasPrefix("am") || word.hasPrefix("pm") {
            isAfternoon = word.hasPrefix("pm")
        } else if word.first == "+" || word.first == "-" {
            readZone(word)
        } else {
            let parts = word.split { $0 == "-" || $0 == "/" }
            if parts.count == 3, parts[0].count == 4, let y = Int(parts[0]), let m = Int(parts[1]), let d = Int(parts[2]),
                (1...12).contains(m), (1...31).contains(d)
            {
                (year, month, day) = (y, m, d)
            } else if let number = Int(word.prefix { $0.isNumber }), parts.count == 1 {
                if word.count == 4, (1970...2200).contains(number) {
                    year = year ?? number
                } else if (1...31).contains(number), word.prefix(while: { $0.isNumber }).count <= 2 {
                    day = day ?? number
                }
            }
        }
    }

    private mutating func readTime(_ text: Substring) {
        let clock = text.prefix { $0.isNumber || $0 == ":" }
        let fields = clock.split(separator: ":").compactMap { Int($0) }
        guard fields.count == 2 || fields.count == 3, (0...24).contains(fields[0]),
            fields.dropFirst().allSatisfy({ (0...60).contains($0) })
        else { return }
        time = fields[0] * 3_600 + fields[1] * 60 + (fields.count == 3 ? fields[2] : 0)
        let rest = text[clock.endIndex...].drop { $0 == "." || $0.isNumber }
        if rest.hasPrefix("am") || rest.hasPrefix("pm") { isAfternoon = rest.hasPrefix("pm") } else { readZone(rest) }
    }

    private mutating func readZone(_ text: Substring) {
        guard text.first == "+" || text.first == "-" else { return }
        let digits = text.dropFirst().filter { $0 != ":" }.compactMap { $0.wholeNumberValue }
        guard digits.count == 4 else { return }
        let minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3]
        offset = (text.first == "-" ? -minutes : minutes) * 60
    }
}
