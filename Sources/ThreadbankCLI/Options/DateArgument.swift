// Dates on the command line: as much of one as a person cares to write.

internal import ArgumentParser
internal import ThreadbankCore

/// `2023`, `2023-01`, `2023-01-31` or an ISO 8601 instant, UTC; it stands for the start of what it names.
struct DateArgument: ExpressibleByArgument, Sendable {
    /// Unix seconds.
    let start: Int64

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        let isShort =
            parts.count <= 2 && numbers.count == parts.count && parts[0].count == 4
            && parts.dropFirst().allSatisfy { $0.count == 2 }
        guard
            let start = isShort ? Timestamp.seconds(numbers[0], parts.count == 2 ? numbers[1] : 1, 1) : Timestamp.parse(argument)
        else { return nil }
        self.start = start
    }
}
