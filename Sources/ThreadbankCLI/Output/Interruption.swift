// Ctrl-C during an import: asked for once, obeyed at the next post.

internal import Dispatch
internal import Foundation
internal import Synchronization

/// Whether the user pressed Ctrl-C. A second one ends the process at once, as usual.
enum Interruption {
    private static let wanted = Atomic(false)

    static var isWanted: Bool { wanted.load(ordering: .relaxed) }

    /// From now on, the first SIGINT or SIGTERM only sets the flag.
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interruption.wanted.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }
}
