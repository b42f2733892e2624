// Dates as people write them in a query: a year is a whole year.

/// A stretch of time as long as the unit it is written in: `2023`, `2023-06`, `2023-06-01`, `2023-06-01T10:30`, UTC.
public struct SearchDate: Sendable, Equatable, CustomStringConvertible {
    /// The last unit that was written.
    public enum Unit: Sendable {
        case year, month, day, minute, second
    }

    /// Unix seconds of its first second.
    public let start: Int64
    public let unit: Unit

    /// Reads a year, a month, a day, or a day and a time of ISO 8601 with or without a zone. Returns nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.map { part in
            (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        if (1...3).contains(parts.count), !numbers.contains(nil), parts[0].utf8.count == 4 {
            let numbers = numbers.compactMap { $0 } + [1, 1]
            guard let start = Timestamp.seconds(numbers[0], numbers[1], numbers[2]) else { return nil }
            self.start = start
            self.unit = [.year, .month, .day][parts.count - 1]
        } else {
            guard let start = Timestamp.parse(text), Timestamp.text(start) != nil else { return nil }
            self.start = start
            // 2023-06-01T10:30 has 16 characters; a second colon behind them starts the seconds.
            self.unit = text.utf8.dropFirst(16).first == UInt8(ascii: ":") ? .second : .minute
        }
    }

    /// Unix seconds of the first second after it.
    public var end: Int64 {
        let date = Timestamp.civil(days: Int((start - (start % 86_400 + 86_400) % 86_400) / 86_400))
        return switch unit {
        case .year: Int64(Timestamp.days(date.year + 1, 1, 1)) * 86_400
        case .month: Int64(Timestamp.days(date.year + date.month / 12, date.month % 12 + 1, 1)) * 86_400
        case .day: start + 86_400
        case .minute: start + 60
        case .second: start + 1
        }
    }

    /// As it is read.
    public var description: String {
        let text = Timestamp.text(start) ?? ""
        return switch unit {
        case .year: String(text.prefix(4))
        case .month: String(text.prefix(7))
        case .day: String(text.prefix(10))
        case .minute: text.prefix(16) + "Z"
        case .second: text
        }
    }
}
