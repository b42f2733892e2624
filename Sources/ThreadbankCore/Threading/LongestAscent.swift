// The longest strictly ascending subsequence: what two orders have in common.

enum LongestAscent {
    /// The indices of a longest strictly ascending subsequence (patience sorting with back links).
    ///
    /// - complexity: O(n log n).
    static func indices(of values: [Int]) -> [Int] {
        var tops: [Int] = []
        var before = [Int](repeating: -1, count: values.count)
        for (index, value) in values.enumerated() {
            var low = 0
            var high = tops.count
            while low < high {
                let middle = (low + high) / 2
                if values[tops[middle]] < value { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = tops[low - 1] }
            if low == tops.count { tops.append(index) } else { tops[low] = index }
        }
        var ascent: [Int] = []
        var index = tops.last ?? -1
        while index >= 0 {
            ascent.append(index)
            index = before[index]
        }
        return ascent.reversed()
    }
}
