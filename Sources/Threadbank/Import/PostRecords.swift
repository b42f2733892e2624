// The posts that a batch touches, by row id and in the order of row ids.

/// Records by row id. Those that the batch makes have consecutive ids, so they stand in an array: asked for a dozen times a post, a
/// dictionary took 3 % of an import's instructions, and putting its values in order, four times a batch, another 6 %.
struct PostRecords {
    private var stored: [Int64: PostRecord] = [:]
    private var new: [PostRecord?] = []
    private let firstNew: Int64

    /// - parameter firstNew: the row id that the batch gives first.
    init(firstNew: Int64) { self.firstNew = firstNew }

    subscript(id: Int64) -> PostRecord? {
        get {
            if id < firstNew { return stored[id] }
            let place = Int(id - firstNew)
            return place < new.count ? new[place] : nil
        }
        set {
            if id < firstNew {
                stored[id] = newValue
                return
            }
            let place = Int(id - firstNew)
            while place >= new.count { new.append(nil) }
            new[place] = newValue
        }
    }

    /// Those that stood in the archive before, in no order.
    var loaded: Dictionary<Int64, PostRecord>.Values { stored.values }

    /// In ascending order of row ids.
    var inOrder: [PostRecord] { stored.values.sorted { $0.id < $1.id } + new.compactMap(\.self) }
}
