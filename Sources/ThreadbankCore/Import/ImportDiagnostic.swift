// What went wrong in an input: a record that was left out, or an input that could not be read on.

/// A place in an input and what is wrong there.
public struct ImportDiagnostic: Sendable, Equatable, CustomStringConvertible {
    public enum Place: Sendable, Equatable {
        /// Counted from 1.
        case line(Int)
        /// Counted from 0.
        case byte(Int)
        case whole
    }

    public var place: Place
    /// A few words naming the kind of fault; diagnostics of one kind are counted together.
    public var kind: String
    /// What is particular to this one; empty where the kind says all.
    public var detail: String

    public init(at place: Place, _ kind: String, detail: String = "") {
        self.place = place
        self.kind = kind
        self.detail = detail
    }

    public var description: String {
        let what = detail.isEmpty ? kind : "\(kind): \(detail)"
        return switch place {
        case .line(let n): "line \(n): \(what)"
        case .byte(let n): "byte \(n): \(what)"
        case .whole: what
        }
    }
}

/// An input that cannot be opened, recognised or read on.
public struct ImportError: Error, Sendable, CustomStringConvertible {
    public var diagnostic: ImportDiagnostic

    public init(_ diagnostic: ImportDiagnostic) { self.diagnostic = diagnostic }
    public init(_ message: String) { self.init(ImportDiagnostic(at: .whole, message)) }

    public var description: String { diagnostic.description }
}

/// Thrown when a person ended an import. Every batch that was committed stays; the same import again goes on.
public struct ImportInterruption: Error, Sendable {
    public init() {}
}
