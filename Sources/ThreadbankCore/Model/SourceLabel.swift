// How a source is named where one word must do.

/// The name of a source, or its kind where the kind has only one.
public func sourceLabel(kind: String, name: String) -> String { name.isEmpty ? kind : name }

extension DiscussionThread {
    /// The source in one word: its name, or its kind where there is only one of it.
    public var sourceLabel: String { ThreadbankCore.sourceLabel(kind: sourceKind, name: source) }
}

extension Author {
    /// The source in one word: its name, or its kind where there is only one of it.
    public var sourceLabel: String { ThreadbankCore.sourceLabel(kind: sourceKind, name: source) }
}
