// What becomes of a broken record: where reading goes on, and what is said of it.

internal import ThreadbankCore

extension JSONRecords {
    /// Goes on at the next line that starts a value, where lines are values.
    mutating func recover(from fault: Fault) throws {
        let isFirst = isLines == nil && levels.isEmpty && fault.kind != .cut
        guard isLines == true || isFirst else { throw error(fault) }
        // The line broke off, and the next one is here.
        let isNext = try !levels.isEmpty && window.indent == 0 && window.peek().map(JSONByte.opens) == true
        levels = []
        path = []
        let isFound = try isNext || window.passLines { spaces, byte in spaces == 0 && JSONByte.opens(byte) }
        if isFirst, !isFound { throw error(fault) }
        isLines = true
        report(Fault(offset: fault.offset, start: outermost, kind: fault.kind))
    }

    func report(_ fault: Fault) {
        sink?.reject(ImportDiagnostic(at: place(fault.start), fault.kind.rawValue, detail: "at byte \(fault.offset)"))
    }

    func error(_ fault: Fault) -> ImportError {
        ImportError(
            ImportDiagnostic(
                at: .byte(fault.offset), fault.kind.rawValue, detail: "\(found) records before it were read; fetch the file again"
            ))
    }

    func place(_ start: JSONWindow.Place) -> ImportDiagnostic.Place {
        isLines == true && levels.isEmpty ? .line(start.line) : .byte(start.offset)
    }
}
