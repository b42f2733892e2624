// Sizes for people.

/// `812 B`, `1.4 MB`: powers of 1000.
func byteCount(_ count: Int64) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var (amount, unit) = (Double(count), 0)
    while amount >= 999.95, unit < 4 { (amount, unit) = (amount / 1000, unit + 1) }
    return "\((amount * 10).rounded() / 10) \(["B", "kB", "MB", "GB", "TB"][unit])"
}
