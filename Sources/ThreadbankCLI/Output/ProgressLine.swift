// The line on a terminal's stderr that says how far an import has come.

internal import Foundation
internal import Synchronization
internal import Threadbank

/// One line that is written over, at most ten times a second, and gone before anything else is written and at the end.
///
/// `12,345 posts · 8,000 a second · 45 % · 1:23 left · dump.jsonl`, cut to the terminal's width. Share and time left are told where the
/// sizes of all inputs are known: not for pipes.
final class ProgressLine: Sendable {
    private struct State {
        /// Bytes and posts of the inputs that are done.
        var (bytesDone, postsDone) = (0, 0)
        var current: ImportProgress?
        var shown = ContinuousClock.now
    }

    /// Whether there is a line on the terminal now; there is only one terminal.
    private static let isShown = Atomic(false)
    /// What is over sooner needs no line.
    private static let patience = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(100)

    private let total: Int?
    private let started = ContinuousClock.now
    private let state = Mutex(State())

    /// - parameter total: bytes of everything that was named, as ``ImportProgress/bytesRead`` counts them; nil where nobody knows.
    init(total: Int?) { self.total = total }

    /// Whether people would see it.
    static var isWelcome: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    func update(_ progress: ImportProgress) {
        state.withLock {
            $0.current = progress
            show(&$0, text: nil)
        }
    }

    /// Something long that tells nothing of how far it is.
    func note(_ text: String) { state.withLock { show(&$0, text: text) } }

    /// An input is done, or was passed over.
    func finished(bytes: Int?) {
        state.withLock {
            $0.bytesDone += bytes ?? 0
            $0.postsDone += $0.current?.read ?? 0
            $0.current = nil
        }
    }

    private func show(_ state: inout State, text: String?) {
        let now = ContinuousClock.now
        guard now - started > Self.patience, now - state.shown > Self.interval else { return }
        state.shown = now
        let posts = state.postsDone + (state.current?.read ?? 0)
        let bytes = state.bytesDone + (state.current?.bytesRead ?? 0)
        let line =
            text
            ?? Self.text(
                posts: posts, bytes: bytes, total: total, elapsed: now - started, input: state.current?.input ?? "")
        Self.write("\r" + line.showingControls().cut(toWidth: Self.width - 1) + "\u{1B}[K")
        Self.isShown.store(true, ordering: .relaxed)
    }

    /// What the line says.
    static func text(posts: Int, bytes: Int, total: Int?, elapsed: Duration, input: String) -> String {
        let seconds = max(0.001, elapsed / .seconds(1))
        var parts = ["\(grouped(posts)) posts", "\(grouped(Int(Double(posts) / seconds))) a second"]
        if let total, total > 0 {
            let share = min(1, Double(bytes) / Double(total))
            parts.append("\(Int(share * 100)) %")
            // The first moments tell nothing of the rest.
            if share > 0.01 { parts.append("\(clock(Int(seconds / share - seconds))) left") }
        }
        return (parts + [input]).joined(separator: " · ")
    }

    /// Takes the line away, where there is one. To be called before anything else is written to the terminal.
    static func clear() {
        if isShown.exchange(false, ordering: .relaxed) { write("\r\u{1B}[K") }
    }

    private static func grouped(_ number: Int) -> String {
        let digits = Array("\(number)")
        return String(
            digits.enumerated().flatMap { index, digit in
                index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
            })
    }

    private static func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }

    private static var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? max(20, Int(size.ws_col)) : 80
    }

    private static func write(_ text: String) {
        signal(SIGPIPE, SIG_IGN)
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
