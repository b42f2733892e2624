// Sees to it that `sql` ends: by Ctrl-C in good order, and where SQLite does not listen, by force.

internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Synchronization
internal import Threadbank

/// Watches a console from another thread while statements run.
///
/// Ctrl-C and a request to end stop the statement, so that the archive is closed properly and no side files are left. A single call
/// of a function on huge texts does not listen to that: then the program ends where it stands.
final class SQLGuardian {
    /// How long SQLite may be deaf to its time limit or to Ctrl-C.
    private static let patience = 2

    private let queue = DispatchQueue(label: "sql-guardian")
    private let interrupted = DispatchSemaphore(value: 0)
    /// Which statement runs; 0 for none. One that stands by itself is the first and only one.
    private let turn = Turn()
    private var turns = 1
    private let signals: [any DispatchSourceSignal]
    private let clock: any DispatchSourceTimer

    init(_ console: SQLConsole) {
        let queue = queue
        let interrupted = interrupted
        let turn = turn
        signals = [SIGINT, SIGTERM].compactMap { number in
            // Who started this may want it ignored, as a shell does for a job in the background.
            let before = signal(number, SIG_IGN)
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak console] in
                interrupted.signal()
                console?.interrupt()
                // In a console the statement may end and another begin before patience does.
                let running = turn.running
                if running == 0 { return }
                queue.asyncAfter(deadline: .now() + .seconds(Self.patience)) {
                    if turn.running == running { Foundation._exit(ExitStatus.interrupted.rawValue) }
                }
            }
            source.resume()
            return source
        }
        clock = DispatchSource.makeTimerSource(queue: queue)
        clock.schedule(deadline: .now() + .seconds(1), repeating: .seconds(1))
        clock.setEventHandler { [weak console] in
            guard let console, console.overdue > .seconds(Self.patience) else { return }
            say("threadbank: SQL: stopped by force, for it did not listen to its time limit; ask for less, or raise --timeout")
            Foundation._exit(ExitStatus.failed.rawValue)
        }
        clock.resume()
    }

    /// Whether Ctrl-C was pressed since this was last asked.
    var wasInterrupted: Bool { interrupted.wait(timeout: .now()) == .success }

    /// In a console: a statement begins.
    func begin() {
        turns += 1
        turn.running = turns
    }

    /// In a console: no statement runs.
    func end() { turn.running = 0 }

    private final class Turn: Sendable {
        private let number = Atomic(1)
        var running: Int {
            get { number.load(ordering: .acquiring) }
            set { number.store(newValue, ordering: .releasing) }
        }
    }

    /// Watches no longer. When this returns nothing holds the console but its owner, who is then the one to close it.
    func stop() {
        for source in signals { source.cancel() }
        clock.cancel()
        queue.sync {}
    }
}
