// The learned weights of chat logs, and the choice of what each message answers.

internal import Foundation

/// A softmax over the messages above and over opening a conversation. Each message is weighed by itself.
struct ChatModel {
    private let features: ChatFeatures

    init(_ features: ChatFeatures) { self.features = features }

    /// The likeliest message that one answers, nil where it rather opens a conversation; and how likely that is.
    func parent(of index: Int) -> (parent: Int?, likelihood: Double) {
        var scores: [Double] = []
        scores.reserveCapacity(ChatFeatures.reach + 1)
        var sum = 0.0
        features.forEachOpening(index) { sum += Self.weight($0, $1, $2, $3) }
        scores.append(sum)
        for other in stride(from: index - 1, through: max(0, index - ChatFeatures.reach), by: -1) {
            sum = 0
            features.forEach(index, answers: other) { sum += Self.weight($0, $1, $2, $3) }
            scores.append(sum)
        }
        var best = 0
        for at in scores.indices where scores[at] > scores[best] { best = at }
        let total = scores.reduce(0) { $0 + exp($1 - scores[best]) }
        return (best == 0 ? nil : index - best, 1 / total)
    }

    private static func weight(_ feature: ChatFeature, _ a: Int, _ b: Int, _ c: Int) -> Double {
        weights[feature.rawValue << 12 | a << 8 | b << 4 | c]
    }

    /// By feature and its three numbers, each below 16.
    private static let weights: [Double] = {
        var weights = [Double](repeating: 0, count: ChatFeature.allCases.count << 12)
        let names = Dictionary(uniqueKeysWithValues: ChatFeature.allCases.map { ("\($0)", $0) })
        for line in ChatWeights.table.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let feature = parts.first.flatMap({ names[String($0)] }) else { continue }
            for at in stride(from: 1, to: parts.count - 1, by: 2) {
                let numbers = parts[at].split(separator: ".").compactMap { Int($0) }
                guard numbers.count == 3, numbers.allSatisfy({ (0..<16).contains($0) }), let weight = Double(parts[at + 1]) else {
                    continue
                }
                weights[feature.rawValue << 12 | numbers[0] << 8 | numbers[1] << 4 | numbers[2]] = weight
            }
        }
        return weights
    }()
}
