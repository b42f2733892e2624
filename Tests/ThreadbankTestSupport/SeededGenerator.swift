// Random numbers that are the same in each run, so that a failing property test can be run again.

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, good enough for tests.
///
/// ```swift
/// var random = SeededGenerator(7)
/// let word = words.randomElement(using: &random)
/// ```
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { self.state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
