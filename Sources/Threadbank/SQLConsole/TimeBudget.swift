// How long SQLite may work on one statement. The time that the reader of the rows takes is not counted.

internal import Foundation

/// A stretch of time that only runs while SQLite works, by a clock that neither jumps nor counts a sleeping machine.
final class TimeBudget: @unchecked Sendable {
    private let lock = NSLock()
    private var left: Duration = .zero
    private var deadline: SuspendingClock.Instant?

    /// Starts anew with `seconds`.
    func grant(seconds: Double) {
        lock.withLock {
            left = .seconds(seconds)
            deadline = nil
        }
    }

    /// Lets `body` use up the time.
    func spend<T>(_ body: () -> T) -> T {
        let start = SuspendingClock.now
        lock.withLock { deadline = start + left }
        defer {
            let end = SuspendingClock.now
            lock.withLock {
                left -= end - start
                deadline = nil
            }
        }
        return body()
    }

    /// Whether all of it is used up.
    var isSpent: Bool {
        lock.withLock { deadline.map { $0 <= SuspendingClock.now } ?? (left <= .zero) }
    }

    /// How long SQLite has been working beyond its time; zero while all is well.
    var overdue: Duration {
        lock.withLock { deadline.map { max(.zero, SuspendingClock.now - $0) } ?? .zero }
    }
}
