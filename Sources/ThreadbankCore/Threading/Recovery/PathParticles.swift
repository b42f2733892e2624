// All likely histories of a page at once: which posts are open to be answered, and how likely that is.

internal import Foundation

/// Histories of a depth-first walk, each as the path from the outermost open post to the one above, with its weight. Histories
/// that end in the same path are one; of many, a fixed number is kept in proportion to their weights, so that rare ones together
/// count as much as before.
struct PathParticles {
    private var paths: [(path: [Int], weight: Double)] = [([], 1)]
    private let most: Int
    /// How many of the innermost open posts can still be answered.
    private static let depth = 24

    init(most: Int) { self.most = most }

    /// Takes a post in and gives how likely each parent is, -1 for the opening post.
    /// - parameter score: the weight of a parent, beside its latest answer so far (nil where it has none).
    mutating func add(_ post: Int, score: (_ parent: Int, _ sibling: Int?) -> Double) -> [Int: Double] {
        var shares: [Int: Double] = [:]
        var next: [[Int]: Double] = [:]
        for (path, weight) in paths {
            let first = max(0, path.count - Self.depth)
            // The opening post, then the open ones from the outermost.
            var scores = [score(-1, path.first)]
            for at in first..<path.count { scores.append(score(path[at], at + 1 < path.count ? path[at + 1] : nil)) }
            let highest = scores.max() ?? 0
            let shared = scores.map { exp($0 - highest) }
            let sum = shared.reduce(0, +)
            for (step, part) in shared.enumerated() {
                let share = weight * part / sum
                let kept = step == 0 ? 0 : first + step
                shares[step == 0 ? -1 : path[kept - 1], default: 0] += share
                next[Self.path(path[..<kept], to: post), default: 0] += share
            }
        }
        keep(next)
        return shares
    }

    /// Takes a post in whose parent is known otherwise.
    mutating func add(_ post: Int, below parent: Int) {
        var next: [[Int]: Double] = [:]
        for (path, weight) in paths {
            let kept = parent < 0 ? 0 : (path.firstIndex(of: parent) ?? path.count - 1) + 1
            next[Self.path(path[..<kept], to: post), default: 0] += weight
        }
        keep(next)
    }

    /// A path that goes on to a post. Between the outermost post and those that can still be answered the others are left out, so that
    /// a chain of any length costs no more than a short one.
    private static func path(_ path: ArraySlice<Int>, to post: Int) -> [Int] {
        guard path.count > depth else { return Array(path) + [post] }
        return Array(path.prefix(1)) + path.suffix(depth - 1) + [post]
    }

    private mutating func keep(_ next: [[Int]: Double]) {
        let ordered = next.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        guard ordered.count > most else {
            paths = ordered.map { ($0.key, $0.value) }
            return
        }
        paths = []
        var sum = 0.0
        var mark = 0.5 / Double(most)
        for (path, weight) in ordered {
            sum += weight
            var hits = 0
            while mark < sum, hits < most {
                hits += 1
                mark += 1 / Double(most)
            }
            if hits > 0 { paths.append((path, Double(hits) / Double(most))) }
        }
    }
}
