// `import --thread-by-subject`: answers without references are hung from what has their subject, over the whole archive.

internal import GRDB
internal import ThreadbankCore

enum SubjectTies {
    /// The mails that are to be hung elsewhere than they are, each as a copy that says nothing else. Only opening posts and what was
    /// hung by its subject before are asked; what a mail's own header says is never overruled.
    static func copies(_ db: Database) throws -> [ImportedPost] {
        var roots: [SubjectThreading.Root] = []
        var stored: [Int64: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: SQL.roots)
        while let row = try rows.next() {
            let id: Int64 = row[0]
            roots.append(
                SubjectThreading.Root(
                    id: id, forum: row[1] ?? 0, createdAt: row[2], key: row[3], subject: BaseSubject(row[4]), isGhost: row[5]))
            stored[id] = row[6]
        }
        let byID = Dictionary(roots.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return SubjectThreading.ties(roots).compactMap { tie in
            guard stored[tie.child] != tie.parent, let child = byID[tie.child], let parent = byID[tie.parent] else { return nil }
            var copy = ImportedPost(source: SourceReference(kind: "mail"), key: child.key)
            copy.state = .missing
            copy.parent = ParentStatement(
                PostReference(.key(parent.key)), basis: .subject, confidence: 0.5,
                evidence: "the same subject, “\(parent.subject.text)”, and no reference")
            return copy
        }
    }
}

private enum SQL {
    static let roots = """
        SELECT p.id, t.forum_id,
               COALESCE(p.created_at, (SELECT min(c.created_at) FROM replies a JOIN posts c ON c.id = a.post_id WHERE a.parent_id = p.id)),
               p.source_key, p.title, p.state = 'missing', r.parent_id
          FROM sources s JOIN posts p ON p.source_id = s.id JOIN threads t ON t.id = p.thread_id
          LEFT JOIN replies r ON r.post_id = p.id
         WHERE s.kind = 'mail' AND s.name = '' AND (r.post_id IS NULL OR r.basis = 'subject')
           AND p.title IS NOT NULL AND p.source_key IS NOT NULL
        """
}
