// Where posts begin: all ways to cut the page are weighed together, each run of lines as a whole.

internal import Foundation

/// A semi-Markov model: a cut of the page into runs weighs the sum of what its boundaries and its runs weigh. The sums over all
/// cuts tell how likely each run is, and the cut that is expected to hold the most right posts is taken.
struct BoundaryModel {
    /// What the page itself shows of a boundary above a line.
    enum Shown: Sendable { case open, joined, unknown }

    /// A run of lines and how likely it is exactly one post.
    struct Run: Sendable {
        var lines: Range<Int>
        var confidence: Double
        /// How likely its first line opens a post, wherever it ends.
        var opening: Double
    }

    private let count: Int
    /// The longest run that is weighed.
    private let reach: Int
    /// By the first line and the length less one.
    private var scores: [Double]
    private let price: Double

    init(_ lines: [MergedLine], shown: [Shown], isTopic: Bool) {
        count = lines.count
        reach = lines.count > 20_000 ? 4 : 48
        let standsTwice = lines.contains { $0.standing != .once }
        scores = [Double](repeating: -.infinity, count: count * reach)
        let features = BoundaryFeatures(lines, isTopic: isTopic)
        let isWorded = features.scores != nil
        price =
            isTopic
            ? RecoveryModel.topicPrice
            : standsTwice ? RecoveryModel.twicePrice : isWorded ? RecoveryModel.answersPrice : RecoveryModel.plainPrice
        let boundary =
            isTopic ? RecoveryModel.topicBoundary : isWorded ? RecoveryModel.wordedBoundary : RecoveryModel.boundary
        let run = isTopic ? RecoveryModel.topicRun : isWorded ? RecoveryModel.wordedRun : RecoveryModel.run
        for start in 0..<count where start == 0 || shown[start] != .joined {
            var opening = 0.0
            if start > 0 { features.forEach(at: start) { opening += boundary.weight($0, $1) } }
            var segment = SegmentFeatures(features, start: start)
            for end in start..<min(count, start + reach) {
                if end > start, shown[end] == .open { break }
                var score = opening
                segment.extend(to: end) { score += run.weight($0, $1) }
                scores[start * reach + end - start] = score
            }
        }
        // A run that the page joins may be longer than the reach: it is cut there.
        for start in 0..<count where start > 0 && shown[start] == .joined && start % reach == 0 && isOutOfReach(start, shown) {
            scores[start * reach] = 0
        }
    }

    private func isOutOfReach(_ line: Int, _ shown: [Shown]) -> Bool {
        line >= reach && shown[(line - reach + 1)...line].allSatisfy { $0 == .joined }
    }

    /// The cut with the most posts that are expected to be right, a price paid for each.
    func runs() -> [Run] {
        guard count > 0 else { return [] }
        let (forward, backward) = sums()
        let whole = forward[count]
        var best = [Double](repeating: -.infinity, count: count + 1)
        var from = [Int](repeating: 0, count: count + 1)
        best[0] = 0
        var openings = [Double](repeating: 0, count: count)
        for start in 0..<count {
            for end in start..<min(count, start + reach) {
                let score = scores[start * reach + end - start]
                guard score > -.infinity else { continue }
                let share = exp(min(0, forward[start] + score + backward[end + 1] - whole))
                openings[start] += share
                let value = best[start] + share - price
                if value > best[end + 1] {
                    best[end + 1] = value
                    from[end + 1] = start
                }
            }
        }
        var runs: [Run] = []
        var end = count
        while end > 0 {
            let start = from[end]
            let score = scores[start * reach + end - start - 1]
            let share = exp(min(0, forward[start] + score + backward[end] - whole))
            runs.append(Run(lines: start..<end, confidence: share, opening: min(1, openings[start])))
            end = start
        }
        return runs.reversed()
    }

    /// The logarithms of the sums over all cuts above each line, and from it on.
    private func sums() -> (forward: [Double], backward: [Double]) {
        var forward = [Double](repeating: -.infinity, count: count + 1)
        var backward = forward
        forward[0] = 0
        backward[count] = 0
        for end in 1...count {
            var sum = LogSum()
            for start in max(0, end - reach)..<end { sum.add(forward[start] + scores[start * reach + end - start - 1]) }
            forward[end] = sum.value
        }
        for start in stride(from: count - 1, through: 0, by: -1) {
            var sum = LogSum()
            for end in start..<min(count, start + reach) { sum.add(scores[start * reach + end - start] + backward[end + 1]) }
            backward[start] = sum.value
        }
        return (forward, backward)
    }
}

/// The logarithm of a sum of exponentials, without overflow.
struct LogSum {
    private var most = -Double.infinity
    private var sum = 0.0

    mutating func add(_ value: Double) {
        guard value > -.infinity else { return }
        if value <= most {
            sum += exp(value - most)
        } else {
            sum = sum * exp(most - value) + 1
            most = value
        }
    }

    var value: Double { most + log(sum) }
}
