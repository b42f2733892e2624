// Weighs the posts that a post may answer by order, authors, points and wording, with learned weights.

internal import Foundation

/// Goes down the page once. In a depth-first walk the likely histories are carried along, so that a doubt about one post is a doubt
/// about those below it; in the order of time each post is weighed by itself.
struct ParentWeighing {
    private let features: ParentFeatures
    private let posts: [PostDraft]
    private let isInOrderOfTime: Bool
    private let weights: FeatureWeights
    private var particles: PathParticles

    init(_ features: ParentFeatures, posts: [PostDraft], isInOrderOfTime: Bool) {
        self.features = features
        self.posts = posts
        self.isInOrderOfTime = isInOrderOfTime
        weights = isInOrderOfTime ? RecoveryModel.topicParent : RecoveryModel.parent
        particles = PathParticles(most: posts.count > 20_000 ? 1 : posts.count > 2_000 ? 16 : 64)
    }

    /// Takes in a post whose parent is known otherwise.
    mutating func take(_ index: Int, below parent: Int?) {
        if !isInOrderOfTime { particles.add(index, below: parent == features.opening ? -1 : parent ?? -1) }
    }

    /// The likeliest parent.
    mutating func parent(of index: Int) -> RecoveredParent {
        let places = ParentFeatures.Place.allCases.map { place in
            var score = 0.0
            features.forEach(index, at: place) { score += weights.weight($0, $1) }
            return score
        }
        let shares = isInOrderOfTime ? sharesInOrderOfTime(index, places) : sharesInWalk(index, places)
        // The nearest of equals, so that the answer depends on nothing else.
        let best = shares.max { (hope($0), $0.key) < (hope($1), $1.key) }
        let parent = best.flatMap { $0.key < 0 ? features.opening : $0.key }
        return described(index, parent, likelihood: best?.value ?? 0.3)
    }

    /// How likely the edge is to be right, as far as parents differ in it: a parent that is cut wrong makes it wrong, the opening post that
    /// the page does not show cannot be. The root, because neighbours tend to be cut right together.
    private func hope(_ share: (key: Int, value: Double)) -> Double {
        share.key < 0 ? share.value : share.value * posts[share.key].certainty.squareRoot()
    }

    private func sharesInOrderOfTime(_ index: Int, _ places: [Double]) -> [Int: Double] {
        var candidates = Array(max(0, index - ParentFeatures.reach)..<index)
        if candidates.first != 0 { candidates.insert(0, at: 0) }
        let scores = candidates.map { pair(index, $0, places) }
        let highest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - highest) }
        return Dictionary(uniqueKeysWithValues: zip(candidates, scores.map { exp($0 - highest) / sum }))
    }

    private mutating func sharesInWalk(_ index: Int, _ places: [Double]) -> [Int: Double] {
        var pairs: [Int: Double] = [:]
        var siblings: [Int: Double] = [:]
        let (features, weights) = (features, weights)
        let root = features.opening ?? -1
        return particles.add(index) { parent, sibling in
            let known = pairs[parent]
            let pair = known ?? Self.pair(index, parent < 0 || parent == root ? nil : parent, places, features, weights)
            if known == nil { pairs[parent] = pair }
            let key = ((sibling ?? -1) + 1) * 2 + (parent < 0 ? 1 : 0)
            if let beside = siblings[key] { return pair + beside }
            var beside = 0.0
            features.forEach(index, besides: sibling, atRoot: parent < 0) { beside += weights.weight($0, $1) }
            siblings[key] = beside
            return pair + beside
        }
    }

    private func pair(_ index: Int, _ parent: Int?, _ places: [Double]) -> Double {
        Self.pair(index, parent, places, features, weights)
    }

    private static func pair(
        _ index: Int, _ parent: Int?, _ places: [Double], _ features: ParentFeatures, _ weights: FeatureWeights
    ) -> Double {
        let place = features.place(index, parent)
        var score = places[ParentFeatures.Place.allCases.firstIndex(of: place) ?? 0]
        features.forEach(index, pair: parent) { score += weights.weight($0, $1) }
        return score
    }

    private func described(_ index: Int, _ parent: Int?, likelihood: Double) -> RecoveredParent {
        // The edge is right only where both posts are cut right.
        let certainty = posts[index].certainty * (parent.map { posts[$0].certainty } ?? 1)
        let confidence = min(0.98, max(0.02, RecoveryModel.calibrated(likelihood * certainty)))
        let (basis, evidence) = ParentReason(features, index, parent).sentence
        return RecoveredParent(index: parent, basis: basis, confidence: confidence, evidence: evidence)
    }
}
