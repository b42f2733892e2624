// Learned weights by the names of features: read from a table that people can read too.

/// What each named feature counts for. A table has a line for each feature, `name value weight value weight …`; a value may be
/// empty and is then written `-`; blanks in values are written `_`.
struct FeatureWeights: Sendable {
    private var weights: [String: [String: Double]] = [:]

    init(_ table: String) {
        for line in table.split(separator: "\n") {
            var parts = line.split(separator: " ").map(String.init)
            guard parts.count > 2, parts.count % 2 == 1 else { continue }
            let name = parts.removeFirst()
            var values = weights[name] ?? [:]
            for at in stride(from: 0, to: parts.count - 1, by: 2) {
                let value = parts[at] == "-" ? "" : String(parts[at].map { $0 == "_" ? " " : $0 })
                values[value] = Double(parts[at + 1])
            }
            weights[name] = values
        }
    }

    /// These weights with others added to them.
    func adding(_ other: FeatureWeights) -> FeatureWeights {
        var sum = self
        for (name, values) in other.weights { sum.weights[name, default: [:]].merge(values, uniquingKeysWith: +) }
        return sum
    }

    /// 0 where the table says nothing of it.
    func weight(_ name: String, _ value: String) -> Double { weights[name]?[value] ?? 0 }
}
