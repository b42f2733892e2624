// A post that a batch touches: what is stored, what it becomes, and what was said of its parent.

internal import ThreadbankCore

/// A row of `posts` on its way through a batch.
final class PostRecord {
    let id: Int64
    /// Whether this batch makes the row.
    let isNew: Bool
    /// As loaded; nil for a row that this batch makes.
    let stored: PostRow?
    var row: PostRow
    /// The container that the origin keeps the post in, where a copy of this batch told.
    var container: Int64?
    /// The forum, where a copy of this batch told.
    var forum: Int64?
    /// Whether a copy of this batch is a mail, whose answers repeat the subject.
    var isMail = false
    /// Keys of threads that are known to be part of the one it opens.
    var mergedThreads: [String] = []
    /// What is known of the parent; nil while nothing in this batch asked.
    var claims: [ParentClaim]?
    /// The stored claims, to see what changed.
    var storedClaims: [ParentClaim] = []
    /// The stored parent, and the parent after this batch.
    var storedParent: Int64?
    var parent: Int64?
    /// Whether the claims, or a date that decides between claims, changed.
    var mustDecide = false
    /// Whether rows that it hung on were found to be one, so that its thread must be found anew.
    var isDislodged = false
    /// Whether its edge closes a cycle and is left out.
    var isCycleBroken = false
    /// The counts of the copy that made or last touched it.
    var tally: ImportTally?
    /// Texts to be kept as superseded.
    var revisions: [Revision] = []
    /// Told by a copy, to be written once the rows stand.
    var sideRows: [SideRow] = []
    /// The state before this batch's first copy, so that a ghost that fills in counts as added once.
    var wasMissing: Bool

    init(stored: PostRow) {
        id = stored.id
        isNew = false
        self.stored = stored
        row = stored
        wasMissing = stored.state == .missing
    }

    init(new row: PostRow) {
        id = row.id
        isNew = true
        stored = nil
        self.row = row
        wasMissing = true
        claims = []
    }

    /// Whether the post's own statements of its parent differ from the stored ones.
    var saysElseOfParent: Bool {
        (claims ?? storedClaims).filter { $0.rank != .witness } != storedClaims.filter { $0.rank != .witness }
    }

    /// Whether the row, which stood in the archive before, is to be written.
    var isChanged: Bool { stored.map { $0 != row } ?? false }

    func addSide(_ side: SideRow) {
        if !sideRows.contains(side) { sideRows.append(side) }
    }
}

/// A row of a table that hangs on a post, as a copy tells it.
enum SideRow: Hashable {
    case forum(Int64)
    case link(target: Int64, kind: String, evidence: String?)
    case inference(Inference)
    case attachment(Attachment)
    case tag(String)
    case mark(Mark)
}
