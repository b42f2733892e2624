// Cues of a whole run of lines that may be one post, as named features for the weights.

/// Grows a run line by line.
struct SegmentFeatures {
    private let page: BoundaryFeatures
    private let start: Int
    private var bytes = 0
    private var least = Int.max
    private var cohesion = 0.0

    init(_ page: BoundaryFeatures, start: Int) {
        self.page = page
        self.start = start
    }

    /// Takes the line up and gives the features of the run that ends in it.
    mutating func extend(to index: Int, _ emit: (String, String) -> Void) {
        let line = page.cues[index]
        bytes += line.length
        least = min(least, line.length)
        let count = index - start + 1
        if count > 1 { cohesion += min(20, page.rarity.weight(ofShared: line.bag, page.cues[index - 1].bag)) }
        let lines = count < 9 ? "\(count)" : count < 13 ? "9-12" : count < 21 ? "13-20" : count < 33 ? "21-32" : "33-"
        emit("lines", lines)
        emit("page.lines", "\(BoundaryFeatures.coarse(page.meanLength)) \(min(count, 4))")
        emit("bytes", "\(count == 1 ? "one" : count < 5 ? "few" : "many") \(BoundaryFeatures.magnitude(bytes))")
        if count > 1 {
            emit("cohesion", BoundaryFeatures.bucket(cohesion / Double(count - 1), [0.5, 2, 4, 6, 9, 13]))
            let first = page.cues[start]
            emit(
                "first.last", "\(min(count, 4)) \(BoundaryFeatures.coarse(first.length)) \(BoundaryFeatures.coarse(line.length))")
            line.habits.compare(first.habits) { emit($0, $1) }
            emit("least", BoundaryFeatures.coarse(least))
            emit("closes", line.last)
            if line.isLink { emit("closes.link", "") }
        }
        if start == 0 { emit("opening.post", lines) }
    }
}
