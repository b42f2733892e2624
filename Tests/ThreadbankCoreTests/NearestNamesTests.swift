// Which names are meant by one that nobody has.

import Testing
import ThreadbankCore

@Suite struct NearestNamesTests {
    private static let names = ["John Smith", "Smithers", "blacksmith", "Smyth", "José García", "ann", "Anna", "zoe@example.org"]

    @Test(
        arguments: [
            ("smith", ["Smithers", "John Smith", "blacksmith", "Smyth"]), ("@Smithers", ["Smithers"]), ("smithres", ["Smithers"]),
            ("garcia", ["José García"]), ("jose", ["José García"]), ("gracia", ["José García"]), ("an", ["ann", "Anna"]),
            ("q", []), ("xyzzy", []), ("", []), ("smi*", ["Smithers", "John Smith", "blacksmith"]),
        ] as [(String, [String])])
    func theLikeliestComesFirst(typed: String, expected: [String]) {
        var nearest = NearestNames(typed, limit: 4)
        for name in Self.names + Self.names { nearest.consider(name) }
        #expect(nearest.best == expected)
    }

    @Test func onlySoManyAreKept() {
        var nearest = NearestNames("user", limit: 3)
        for number in (1...50).reversed() { nearest.consider("user\(number)") }
        #expect(nearest.best == ["user1", "user2", "user3"])
    }
}
