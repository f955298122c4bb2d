/// Words that a PNG file carries beside its picture.
public enum PNGText {
    /// Signature and header chunk, which every PNG begins with.
    private static let headLength = 8 + 25

    /// The file with a `tEXt` chunk behind its header (PNG specification,
    /// third edition, 11.3.3.2): programs that show the properties of a
    /// picture show it.
    ///
    /// - Parameters:
    ///   - keyword: 1 to 79 letters of ASCII.
    ///   - text: ASCII.
    ///   - png: a whole PNG file; anything shorter than its head comes back
    ///     as it is.
    public static func adding(_ keyword: String, _ text: String, to png: [UInt8]) -> [UInt8] {
        precondition(
            (1...79).contains(keyword.utf8.count) && (keyword + text).utf8.allSatisfy { $0 < 128 },
            "keyword and text of a PNG are ASCII")
        guard png.count > headLength else { return png }
        let data = Array("tEXt".utf8) + Array(keyword.utf8) + [0] + Array(text.utf8)
        let chunk = bigEndian(UInt32(data.count - 4)) + data + bigEndian(checksum(data))
        return Array(png[..<headLength]) + chunk + Array(png[headLength...])
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    /// CRC-32 of ISO 3309, as the specification asks for.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = .max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 {
                register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320
            }
        }
        return ~register
    }
}
