// Which copy of a post is current, field by field. These rules make the archive a function of the set of inputs.

internal import ThreadbankCore

/// One copy of a post with its names resolved to row ids.
struct PostCopy {
    var post: ImportedPost
    var authorID: Int64?
    /// The author's key, which breaks ties between copies of the same age.
    var authorKey: String?
    var importID: Int64

    var text: PostText { PostText(title: post.title, body: post.body) }
}

/// What a merge needs to know beside the two copies.
struct MergeContext {
    /// The first import of this run: a row brought by an earlier one is an older copy.
    var firstImportOfRun: Int64
    /// Whether this run has merged a copy already, so that the row counts as this run's; and whether it has met the stored text.
    var rowIsOfRun: Bool
    var textIsOfRun: Bool
    /// Mail never changes: of differing copies the longest body stays.
    var isImmutable: Bool
    /// The author's key of the stored row; asked only for ties.
    var storedAuthorKey: () throws -> String?
    /// Whether a text is among the post's superseded ones; asked only where texts differ.
    var isSuperseded: (PostText) throws -> Bool
}

/// How old a copy is against what is stored.
enum CopyAge {
    case older, same, newer

    /// By the fetch time, none being earliest, then by the run. An order in which a date and its absence were equals would be none: of
    /// three copies, the first two in line would decide.
    init(fetched theirs: Int64?, against ours: Int64?, ofThisRun isOfRun: Bool) {
        if theirs != ours {
            self = (theirs ?? .min) > (ours ?? .min) ? .newer : .older
        } else {
            self = isOfRun ? .same : .newer
        }
    }
}

extension PostRow {
    /// Takes what a copy knows better. Returns the texts that this supersedes.
    ///
    /// Knowledge is never overwritten by absence. Copies of the same age (one run, no times) are joined field by field in a way that
    /// does not depend on their order: the larger score, the smaller place, and so on.
    mutating func merge(_ copy: PostCopy, _ context: MergeContext) throws -> [Revision] {
        let before = self
        let age = self.age(of: copy, context)
        let stateAge = self.stateAge(of: copy, context)
        var textVersion = (fetchedAt: textImportID == nil ? fetchedAt : textFetchedAt, importID: textImportID ?? importID)
        let superseded = try mergeText(copy, context, version: &textVersion)

        if sourceKey == nil { sourceKey = copy.post.key }
        createdAt = join(createdAt, copy.post.createdAt, age, min)
        score = join(score, copy.post.score, age, max)
        place = join(place, copy.post.place, age, min)
        replyCount = join(replyCount, copy.post.replyCount, age, max)
        url = join(url, copy.post.url, age, min)
        if let author = copy.authorID, author != authorID {
            if try authorID == nil || authorWins(copy, age, context) { authorID = author }
        }
        mergeState(copy, stateAge)
        if age == .newer, !says(the: before) || before.state == .missing { importID = copy.importID }
        if let fetched = copy.post.fetchedAt, age != .older {
            fetchedAt = age == .newer ? fetched : max(fetchedAt ?? fetched, fetched)
        }
        let textIsOfThisCopy = textVersion == (fetchedAt, importID)
        textFetchedAt = textIsOfThisCopy || text.isEmpty ? nil : textVersion.fetchedAt
        textImportID = textIsOfThisCopy || text.isEmpty ? nil : textVersion.importID
        return superseded
    }

    private func authorWins(_ copy: PostCopy, _ age: CopyAge, _ context: MergeContext) throws -> Bool {
        if context.isImmutable {
            // A page of an archive may show but the name of who is known by an address.
            let isAddress = (
                ours: try context.storedAuthorKey()?.contains("@") == true, theirs: copy.authorKey?.contains("@") == true
            )
            if isAddress.ours != isAddress.theirs { return isAddress.theirs }
        }
        return try age == .newer || age == .same && (copy.authorKey ?? "") < (context.storedAuthorKey() ?? "")
    }

    /// By edit time, then fetch time, then run. A copy without a text says nothing of edits.
    func age(of copy: PostCopy, _ context: MergeContext) -> CopyAge {
        if state == .missing { return .newer }
        if !copy.text.isEmpty, !text.isEmpty, copy.post.editedAt != editedAt {
            return (copy.post.editedAt ?? .min) > (editedAt ?? .min) ? .newer : .older
        }
        return stateAge(of: copy, context)
    }

    /// By fetch time, then run.
    func stateAge(of copy: PostCopy, _ context: MergeContext) -> CopyAge {
        if state == .missing { return .newer }
        let isOfRun = importID >= context.firstImportOfRun || context.rowIsOfRun
        return CopyAge(fetched: copy.post.fetchedAt, against: fetchedAt, ofThisRun: isOfRun)
    }

    private mutating func mergeState(_ copy: PostCopy, _ age: CopyAge) {
        guard copy.post.state != .missing, copy.post.state != state else { return }
        if state == .missing || age == .newer || age == .same && copy.post.state.finality > state.finality {
            state = copy.post.state
        }
    }

    private mutating func mergeText(
        _ copy: PostCopy, _ context: MergeContext, version: inout (fetchedAt: Int64?, importID: Int64)
    ) throws -> [Revision] {
        let theirs = copy.text
        if theirs.isEmpty {
            if body == nil, theirs.body != nil { (body, markup, isRendering) = ("", copy.post.markup, copy.post.isRendering) }
            return []
        }
        func take() {
            title = theirs.title ?? title
            if let body = theirs.body, !body.isEmpty || self.body == nil {
                (self.body, markup, isRendering) = (body, copy.post.markup, copy.post.isRendering)
            }
            editedAt = copy.post.editedAt ?? editedAt
            version = (copy.post.fetchedAt, copy.importID)
        }
        if text.isEmpty {
            take()
            return []
        }
        guard text.contradicts(theirs) else {
            if title == nil { title = theirs.title }
            if let body = theirs.body, (self.body ?? "").isEmpty {
                (self.body, markup, isRendering) = (body, copy.post.markup, copy.post.isRendering)
            }
            if body != nil, body == theirs.body { joinMarkup(copy.post, versionAge(of: copy, context, version)) }
            if let edited = copy.post.editedAt { editedAt = max(editedAt ?? .min, edited) }
            if body == theirs.body, title == theirs.title, let fetched = copy.post.fetchedAt {
                // It was current then, too.
                version.fetchedAt = max(version.fetchedAt ?? fetched, fetched)
            }
            return []
        }
        if context.isImmutable {
            if theirs.outweighs(text) { take() }
            return []
        }
        if copy.post.isRendering != isRendering, body?.isEmpty == false, theirs.body?.isEmpty == false {
            // One is the origin's own text, the other was made from its rendering: the own one stays, whichever came first.
            let (ours, oursSeen) = (text, editedAt ?? version.fetchedAt)
            let edited = [editedAt, copy.post.editedAt].compactMap(\.self).max()
            defer { editedAt = edited }
            if copy.post.isRendering {
                return try superseded(theirs, by: ours, seenAt: copy.post.editedAt ?? copy.post.fetchedAt, context)
            }
            take()
            return try superseded(ours, by: theirs, seenAt: oursSeen, context)
        }
        switch try textAge(of: copy, context, version) {
        case .newer:
            let old = Revision(seenAt: editedAt ?? version.fetchedAt, title: title, body: body)
            take()
            return [old]
        case .older:
            if try context.isSuperseded(theirs) { return [] }
            return [Revision(seenAt: copy.post.editedAt ?? copy.post.fetchedAt, title: theirs.title, body: theirs.body)]
        case .same:
            return []
        }
    }

    /// Of two copies of one body that differ in their markup, the origin's own tells it, then the newer; else the first by name stays.
    private mutating func joinMarkup(_ copy: ImportedPost, _ age: CopyAge) {
        if isRendering, !copy.isRendering {
            (markup, isRendering) = (copy.markup, false)
        } else if isRendering == copy.isRendering {
            markup = join(markup?.rawValue, copy.markup.rawValue, age, min).flatMap(Markup.init)
        }
    }

    /// What is left of a rendering that gave way to the origin's own text: nothing, unless it says other words.
    private func superseded(_ rendering: PostText, by own: PostText, seenAt: Int64?, _ context: MergeContext) throws -> [Revision]
    {
        if try Wording.isWithin(rendering.body ?? "", own.body ?? "") || context.isSuperseded(rendering) { return [] }
        return [Revision(seenAt: seenAt, title: rendering.title, body: rendering.body)]
    }

    /// As ``age(of:_:)``, for the text alone; within a run the smaller hash decides. A text that was superseded before does not
    /// come back for a later run alone: an old file imported again is no news. `.same` says so.
    private func textAge(of copy: PostCopy, _ context: MergeContext, _ version: (fetchedAt: Int64?, importID: Int64)) throws
        -> CopyAge
    {
        switch versionAge(of: copy, context, version) {
        case .older: return .older
        case .same: return copy.text.digest < text.digest ? .newer : .older
        case .newer:
            let isByRun = copy.post.editedAt == editedAt && copy.post.fetchedAt == version.fetchedAt
            return try isByRun && context.isSuperseded(copy.text) ? .same : .newer
        }
    }

    /// By edit time, then fetch time, then run, whatever the words.
    private func versionAge(of copy: PostCopy, _ context: MergeContext, _ version: (fetchedAt: Int64?, importID: Int64))
        -> CopyAge
    {
        if copy.post.editedAt != editedAt { return (copy.post.editedAt ?? .min) > (editedAt ?? .min) ? .newer : .older }
        let isOfRun = version.importID >= context.firstImportOfRun || context.textIsOfRun
        return CopyAge(fetched: copy.post.fetchedAt, against: version.fetchedAt, ofThisRun: isOfRun)
    }

    private func join<T: Comparable>(_ ours: T?, _ theirs: T?, _ age: CopyAge, _ tie: (T, T) -> T) -> T? {
        guard let theirs else { return ours }
        guard let ours else { return theirs }
        return switch age {
        case .newer: theirs
        case .older: ours
        case .same: tie(ours, theirs)
        }
    }
}

extension PostText {
    /// Whether the two cannot both be current: both know a title or a body, and not the same.
    func contradicts(_ other: PostText) -> Bool {
        if let title, let theirs = other.title, title != theirs { return true }
        guard let body, let theirs = other.body, !body.isEmpty, !theirs.isEmpty else { return false }
        return body != theirs
    }

    /// SHA-256 over title and body: an order of texts that no input can choose.
    var digest: String { SHA256Hash.hex(of: (title ?? "") + "\u{0}" + (body ?? "")) }

    /// For mail: the longer body, then the smaller hash.
    func outweighs(_ other: PostText) -> Bool {
        let (ours, theirs) = (body?.utf8.count ?? 0, other.body?.utf8.count ?? 0)
        return ours != theirs ? ours > theirs : digest < other.digest
    }
}

extension PostState {
    /// Which of two states holds when nothing tells the copies' ages: posts are taken away more often than they come back.
    fileprivate var finality: Int {
        switch self {
        case .missing: 0
        case .present: 1
        case .deleted: 2
        case .removed: 3
        }
    }
}
