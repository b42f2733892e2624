// Writes one batch on a thread of its own while the next is gathered.

internal import Dispatch
internal import Foundation

/// Runs one piece of work at a time beside its owner, and keeps what became of it until that is asked for. A failure stays: all that
/// comes after says it again.
final class BatchPipeline<Outcome: Sendable>: @unchecked Sendable {
    // Between `start` and the end of the work only its thread touches `result`, after that only the owner.
    private let group = DispatchGroup()
    private var result: Result<Outcome, any Error>?
    private var failure: (any Error)?

    /// Whether work is under way.
    var isBusy: Bool { group.wait(timeout: .now()) == .timedOut }

    /// Starts the work. What the work before gave must have been taken by ``finish()``.
    func start(_ work: sending @escaping () throws -> Outcome) {
        group.enter()
        let work = Handed(work)
        // A thread of its own: those that a queue shares may all be waiting for such work.
        Thread.detachNewThread { [self] in
            result = work.run()
            group.leave()
        }
    }

    /// Waits for the work, if any, and gives what came of it; nil where there is nothing that was not given before.
    func finish() throws -> Outcome? {
        group.wait()
        if let failure { throw failure }
        defer { result = nil }
        if case .failure(let error)? = result { failure = error }
        return try result?.get()
    }

    /// The work on its way to the other thread. It lets go of what it holds before anybody learns that it is done: an archive that is still
    /// held then would not be closed when its owner goes, and leave its side files behind.
    private final class Handed: @unchecked Sendable {
        private var work: (() throws -> Outcome)?

        init(_ work: @escaping () throws -> Outcome) { self.work = work }

        @inline(never) func run() -> Result<Outcome, any Error>? {
            defer { work = nil }
            guard let work else { return nil }
            return Result { try work() }
        }
    }
}
