// How somebody writes, whatever about: habits that paragraphs of one hand share.

struct WritingHabits: Sendable, Equatable {
    /// Apostrophes and quotation marks: straight, curly.
    let hasStraight: Bool
    let hasCurly: Bool
    /// "i" alone as a word, or "I".
    let hasSmallI: Bool
    let hasCapitalI: Bool
    /// Whether the text begins with a small letter, or a capital one.
    let beginsSmall: Bool
    let beginsCapital: Bool
    /// Whether it ends in a full stop or the like, or in a letter.
    let endsClosed: Bool
    let endsOpen: Bool

    init(_ text: String) {
        var straight = false
        var curly = false
        var small = false
        var capital = false
        var bytes: (UInt8, UInt8) = (0x20, 0x20)
        func word(_ next: UInt8) {
            guard bytes.0 == 0x20, next == 0x20 || next == 0x27 || next == 0xE2 else { return }
            if bytes.1 == 0x69 { small = true } else if bytes.1 == 0x49 { capital = true }
        }
        for byte in text.utf8 {
            word(byte)
            if byte == 0x27 || byte == 0x22 { straight = true }
            // U+2018 to U+201F are E2 80 98 to E2 80 9F.
            if bytes == (0xE2, 0x80), (0x98...0x9F).contains(byte) { curly = true }
            bytes = (bytes.1, byte)
        }
        word(0x20)
        hasStraight = straight
        hasCurly = curly
        hasSmallI = small
        hasCapitalI = capital
        let first = text.unicodeScalars.first
        beginsSmall = first?.properties.isLowercase == true
        beginsCapital = first?.properties.isUppercase == true
        let last = text.unicodeScalars.last
        endsOpen = last?.properties.isAlphabetic == true
        endsClosed = last == "." || last == "!" || last == "?" || last == "。"
    }

    /// For each habit whether two texts share it or differ in it; nothing where one of them does not show it.
    func compare(_ other: WritingHabits, _ emit: (String, String) -> Void) {
        func habit(_ name: String, _ a: (Bool, Bool), _ b: (Bool, Bool)) {
            guard a.0 != a.1, b.0 != b.1 else { return }
            emit(name, a.0 == b.0 ? a.0 ? "both" : "neither" : "differ")
        }
        habit("habit.marks", (hasStraight, hasCurly), (other.hasStraight, other.hasCurly))
        habit("habit.i", (hasSmallI, hasCapitalI), (other.hasSmallI, other.hasCapitalI))
        habit("habit.begins", (beginsSmall, beginsCapital), (other.beginsSmall, other.beginsCapital))
        habit("habit.ends", (endsOpen, endsClosed), (other.endsOpen, other.endsClosed))
    }
}
