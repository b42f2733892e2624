// The learned weights by what they are for, read from their tables once.

enum RecoveryModel {
    static let page = FeatureWeights(RecoveryWeights.page)
    static let boundary = FeatureWeights(RecoveryWeights.boundary)
    static let run = FeatureWeights(RecoveryWeights.run)
    static let topicBoundary = boundary.adding(FeatureWeights(RecoveryWeights.topicBoundary))
    static let topicRun = run.adding(FeatureWeights(RecoveryWeights.topicRun))
    /// Where the wording of paragraphs counts, too: these stand in for `boundary` and `run`.
    static let wordedBoundary = FeatureWeights(RecoveryWeights.wordedBoundary)
    static let wordedRun = FeatureWeights(RecoveryWeights.wordedRun)
    /// Words of paragraphs: of one below, one above, what the two are together, and of posts of one paragraph, first ones and last ones.
    static let below = FeatureWeights(RecoveryWeights.below)
    static let above = FeatureWeights(RecoveryWeights.above)
    static let pair = FeatureWeights(RecoveryWeights.pair)
    static let whole = FeatureWeights(RecoveryWeights.whole)
    static let first = FeatureWeights(RecoveryWeights.first)
    static let last = FeatureWeights(RecoveryWeights.last)
    static let parent = FeatureWeights(RecoveryWeights.parent)
    static let topicParent = FeatureWeights(RecoveryWeights.topicParent)

    /// What a post costs when a page is cut: of answers whose wording counts, and where it does not.
    static let answersPrice = 0.4
    static let plainPrice = 0.28
    /// Of a page whose text stands twice.
    static let twicePrice = 0.36
    static let topicPrice = 0.16

    /// The share of inferred parents that were right among those that the model held for so likely, by straight lines between the
    /// points of the table.
    static func calibrated(_ likelihood: Double) -> Double {
        let points = RecoveryWeights.calibration
        guard let above = points.firstIndex(where: { $0.0 >= likelihood }), above > 0 else {
            return likelihood <= (points.first?.0 ?? 0) ? points.first?.1 ?? 0.5 : points.last?.1 ?? 0.5
        }
        let (low, high) = (points[above - 1], points[above])
        let share = high.0 > low.0 ? (likelihood - low.0) / (high.0 - low.0) : 1
        return low.1 + (high.1 - low.1) * share
    }
}
