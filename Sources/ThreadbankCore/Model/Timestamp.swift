// Unix seconds to ISO 8601 and back, without a calendar object: imports read millions of dates.

/// Instants as the archive holds them: Unix seconds, UTC.
///
/// The calendar is the proleptic Gregorian one, by Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (howardhinnant.github.io/date_algorithms.html).
public enum Timestamp {
    /// `2023-11-14T22:13:20Z`; nil for nil, and for years outside 0 to 9999, as SQLite's own `strftime`.
    public static func text(_ seconds: Int64?) -> String? {
        guard let seconds, years.contains(seconds) else { return nil }
        return String(unsafeUninitializedCapacity: length) { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            write(seconds, to: start)
            return length
        }
    }

    /// What ``text(_:)`` gives a text for, and its bytes.
    static let years: ClosedRange<Int64> = -62_167_219_200...253_402_300_799
    static let length = 20

    /// Writes the ``length`` bytes of a time within ``years``.
    static func write(_ seconds: Int64, to bytes: UnsafeMutablePointer<UInt8>) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = Int(seconds - days * 86_400)
        let date = civil(days: Int(days))
        var place = 0
        func put(_ number: Int, _ width: Int, _ end: Unicode.Scalar) {
            var rest = number
            for digit in (place..<place + width).reversed() {
                bytes[digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            bytes[place + width] = UInt8(ascii: end)
            place += width + 1
        }
        put(date.year, 4, "-")
        put(date.month, 2, "-")
        put(date.day, 2, "T")
        put(second / 3600, 2, ":")
        put(second / 60 % 60, 2, ":")
        put(second % 60, 2, "Z")
    }

    /// `2023-11-14`, the UTC day; nil as in ``text(_:)``.
    public static func day(_ seconds: Int64?) -> String? { text(seconds).map { String($0.prefix(10)) } }

    /// Seconds of a UTC date and time; nil where the calendar has no such day or the clock no such time.
    public static func seconds(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0)
        -> Int64?
    {
        guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...24).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let days = self.days(year, month, day)
        guard civil(days: days) == (year, month, day) else { return nil }
        return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// Reads ISO 8601 / RFC 3339: `2023-08-01`, `2023-08-01T23:35`, `2023-08-01T23:35:34.094796`, with `Z`, `+02:00`, `+0200` or no
    /// zone at all, which is UTC. A space may stand for the `T`; fractions are cut. Returns nil for anything else.
    public static func parse(_ text: some StringProtocol) -> Int64? {
        var reader = Digits(Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2)
        else { return nil }
        if reader.isAtEnd { return seconds(year, month, day) }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2)
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let s = reader.number(2) else { return nil }
            second = s
            if reader.take(".") || reader.take(",") {
                guard reader.skipDigits() else { return nil }
            }
        }
        guard let zone = reader.zone(), reader.isAtEnd else { return nil }
        return seconds(year, month, day, hour, minute, second).map { $0 - Int64(zone) }
    }

    static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Reads fixed numbers of digits from ASCII text.
private struct Digits {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func number(_ width: Int) -> Int? {
        let digits = bytes.prefix(width)
        guard digits.count == width, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        bytes = bytes.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard bytes.first == UInt8(ascii: character) else { return false }
        bytes = bytes.dropFirst()
        return true
    }

    mutating func skipDigits() -> Bool {
        let rest = bytes.drop { (0x30...0x39).contains($0) }
        defer { bytes = rest }
        return rest.count < bytes.count
    }

    /// Seconds east of UTC; 0 for `Z` and for no zone.
    mutating func zone() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign = take("-") ? -1 : take("+") ? 1 : 0
        guard sign != 0, let hours = number(2), hours < 24 else { return nil }
        _ = take(":")
        guard !isAtEnd else { return sign * hours * 3600 }
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
