// When what an import has gathered becomes a batch.

internal import Foundation

/// The sizes of batches: early enough that the thread that writes never waits for the one that reads, large enough that writing is cheap.
///
/// Measured on 5,000 mails and on a million short posts, see the article Benchmarks.
struct BatchPacing {
    /// Posts and bytes of text after which a batch is written at the latest; then gathering waits for the batch before.
    let posts: Int
    static let bytes = 16 << 20
    /// Posts that are worth a batch while none is being written: an eighth of those that were handed over, so that writing begins at once
    /// and goes on, and a long import does not consist of small batches.
    private static let worthwhile = 125...2_000
    /// Bytes of text that count as much as a post.
    private static let postBytes = 2_048
    /// Posts after which it is asked again whether what waits is worth a batch.
    private static let stride = 32
    /// Posts, and bytes in one batch, from which on the index gets a larger cache and its merging is put off.
    private static let preparingPosts = 500
    private static let preparingBytes = 1 << 20
    /// Seconds after which a batch is written, so that little is lost to a kill.
    private static let seconds = 2.0

    /// Posts that were handed to the writer.
    private(set) var handedOver = 0
    private var last = Date()

    init(posts: Int) { self.posts = max(1, posts) }

    /// Whether so much must be written before anything else is gathered.
    func isFull(_ waiting: Int, bytes: Int = 0) -> Bool { waiting >= posts || bytes >= Self.bytes }

    /// Whether to ask ``isWorthwhile(_:bytes:)`` after so many posts.
    func isTimeToAsk(_ waiting: Int) -> Bool { waiting % Self.stride == 0 }

    /// Whether so much is to be written while nothing else is being written.
    func isWorthwhile(_ waiting: Int, bytes: Int) -> Bool {
        let enough = min(max(handedOver / 8, Self.worthwhile.lowerBound), Self.worthwhile.upperBound)
        return waiting >= enough || bytes >= enough * Self.postBytes || Date().timeIntervalSince(last) >= Self.seconds
    }

    /// Notes that so much is handed over. Returns whether the index is worth preparing for more.
    mutating func handOver(_ waiting: Int, bytes: Int) -> Bool {
        handedOver += waiting
        last = Date()
        return handedOver >= Self.preparingPosts || bytes >= Self.preparingBytes
    }
}
