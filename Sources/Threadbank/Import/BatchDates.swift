// Step 2, beside the merging: a date that a copy tells beats one that was inferred, whatever their ages.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// The copy with its date left out where the archive knows a surer one. Where the copy's date is the surer one, the row gives up
    /// its own, and with it the inference.
    func settleDate(_ copy: ResolvedCopy) throws -> ResolvedCopy {
        let record = copy.record
        guard copy.copy.post.createdAt != nil, record.row.createdAt != nil else { return copy }
        let isInferred = copy.copy.post.inferences.contains { $0.what == .date }
        guard try isInferred != hasInferredDate(record) else { return copy }
        if isInferred {
            let pending = copy.copy.changing { post in
                post.createdAt = nil
                post.inferences.removeAll { $0.what == .date }
            }
            return ResolvedCopy(copy: pending, source: copy.source, record: record)
        }
        record.row.createdAt = nil
        record.sideRows.removeAll(where: \.isDate)
        if !record.isNew { try db.cachedStatement(sql: SQL.drop).execute(arguments: [record.id]) }
        return copy
    }

    private func hasInferredDate(_ record: PostRecord) throws -> Bool {
        if record.sideRows.contains(where: \.isDate) { return true }
        if record.isNew { return false }
        return try Bool.fetchOne(db.cachedStatement(sql: SQL.isInferred), arguments: [record.id]) ?? false
    }
}

extension SideRow {
    fileprivate var isDate: Bool {
        if case .inference(let inference) = self { inference.what == .date } else { false }
    }
}

private enum SQL {
    static let isInferred = "SELECT EXISTS (SELECT 1 FROM inferences WHERE post_id = ? AND what = 'date')"
    static let drop = "DELETE FROM inferences WHERE post_id = ? AND what = 'date'"
}
