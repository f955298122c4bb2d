import GridCore

extension String {
    /// Without ASCII white space at both ends.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let head = utf8.first, let tail = utf8.last, isBlank(head) || isBlank(tail) else {
            return self
        }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }),
            let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}

/// Numbers and positions as event tables write them.
enum FieldText {
    /// A finite decimal number with `.` as decimal mark. Hexadecimal, `nan`,
    /// `inf` and numbers too large for a double are none.
    static func number(_ text: String) -> Double? {
        let word = text.trimmed
        let isDecimal = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        guard isDecimal, let value = Double(word), value.isFinite else { return nil }
        return value
    }

    /// A whole number, also in the form `46.0` that statistical packages
    /// write for columns with gaps.
    static func wholeNumber(_ text: String) -> Int? {
        let word = text.trimmed
        if let value = Int(word) { return value }
        return number(word).flatMap { Int(exactly: $0) }
    }

    /// `POINT (x y)`, also with a third number.
    static func point(wellKnownText text: String) -> Coordinate? {
        let word = text.trimmed
        guard word.lowercased().hasPrefix("point"), let open = word.firstIndex(of: "("),
            word.last == ")"
        else { return nil }
        let name = word[..<open].lowercased().split(separator: " ")
        guard name == ["point"] || name == ["point", "z"] else { return nil }
        let numbers = word[word.index(after: open)...].dropLast().split(separator: " ")
        guard (2...3).contains(numbers.count), let x = number(String(numbers[0])),
            let y = number(String(numbers[1]))
        else { return nil }
        return Coordinate(x: x, y: y)
    }
}
