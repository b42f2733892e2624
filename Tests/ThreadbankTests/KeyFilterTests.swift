// A filter that may only err on one side.

import Testing

@testable import Threadbank

@Suite struct KeyFilters {
    @Test func whatWasPutInIsNeverDeniedAndMostElseIs() {
        let filter = KeyFilter()
        func key(_ number: Int, isAlias: Bool = false) -> NameKey { NameKey(source: 1, isAlias: isAlias, text: "key \(number)") }
        for number in 0..<20_000 { filter.insert(key(number)) }
        #expect((0..<20_000).allSatisfy { filter.mayContain(key($0)) })
        #expect((20_000..<30_000).count { filter.mayContain(key($0)) } < 100)
        #expect((0..<10_000).count { filter.mayContain(key($0, isAlias: true)) } < 100)
    }
}
