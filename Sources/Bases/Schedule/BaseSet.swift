/// A set of base indices that is quick to compare and to hash.
struct BaseSet: Hashable {
    private var words: [UInt64]

    init(baseCount: Int) { words = Array(repeating: 0, count: (baseCount + 63) / 64) }

    mutating func insert(_ base: Int) { words[base >> 6] |= 1 << UInt64(base & 63) }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    /// Ascending.
    var members: [Int] {
        var found: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                found.append(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return found
    }
}
