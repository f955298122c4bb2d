import Foundation

/// A TIFF made tag by tag, with one directory and little-endian, to say what
/// no writer would write.
struct TIFFBytes {
    /// TIFF 6.0, section 2: types of values.
    enum Value {
        case shorts([UInt16])
        case longs([UInt32])
        case text(String)
    }

    private var tags: [(number: UInt16, value: Value)] = []

    /// One band of uncompressed cells in one strip that lies at byte 8.
    init(rows: UInt32, columns: UInt32, bits: UInt16 = 8, bands: UInt16 = 1) {
        tags = [
            (256, .longs([columns])), (257, .longs([rows])), (258, .shorts([bits])),
            (259, .shorts([1])), (262, .shorts([1])), (273, .longs([8])), (277, .shorts([bands])),
            (278, .longs([rows])), (279, .longs([4])),
        ]
    }

    /// Adds a tag or replaces it.
    mutating func set(_ number: UInt16, _ value: Value) {
        tags.removeAll { $0.number == number }
        tags.append((number, value))
    }

    mutating func remove(_ number: UInt16) { tags.removeAll { $0.number == number } }

    var data: Data {
        var bytes = Data([0x49, 0x49, 42, 0])
        let payloads = tags.sorted { $0.number < $1.number }.map { ($0.number, Self.payload($0.value)) }
        // Header, four bytes of cells, directory, long values.
        let directory = 12
        var end = directory + 2 + payloads.count * 12 + 4
        bytes.append(UInt32(directory))
        bytes.append(contentsOf: [1, 2, 3, 4])
        bytes.append(UInt16(payloads.count))
        var after = Data()
        for (number, (type, count, value)) in payloads {
            bytes.append(number)
            bytes.append(type)
            bytes.append(UInt32(count))
            if value.count <= 4 {
                bytes.append(value + Data(count: 4 - value.count))
            } else {
                bytes.append(UInt32(end))
                after += value
                end += value.count
            }
        }
        bytes.append(UInt32(0))
        return bytes + after
    }

    private static func payload(_ value: Value) -> (type: UInt16, count: Int, bytes: Data) {
        var bytes = Data()
        switch value {
        case .shorts(let numbers):
            for number in numbers { bytes.append(number) }
            return (3, numbers.count, bytes)
        case .longs(let numbers):
            for number in numbers { bytes.append(number) }
            return (4, numbers.count, bytes)
        case .text(let text):
            bytes = Data(text.utf8) + [0]
            return (2, bytes.count, bytes)
        }
    }
}

extension Data {
    mutating func append(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

/// A BigTIFF of `side` x `side` Float64 cells in tiles of 256, none of them
/// stored: the directory, then two tables of a zero for each tile that are
/// holes of the file.
func sparseBigTIFF(side: UInt64) -> (head: Data, byteCount: UInt64) {
    let across = (side + 255) / 256
    let tiles = across * across
    let tags: [(number: UInt16, type: UInt16, count: UInt64)] = [
        (256, 16, 1), (257, 16, 1), (258, 3, 1), (259, 3, 1), (262, 3, 1), (277, 3, 1),
        (322, 4, 1), (323, 4, 1), (324, 16, tiles), (325, 4, tiles), (339, 3, 1),
    ]
    let directory: UInt64 = 16
    let tables = directory + 8 + UInt64(tags.count) * 20 + 8
    let values: [UInt64] = [side, side, 64, 1, 1, 1, 256, 256, tables, tables + tiles * 8, 3]
    var bytes = Data([0x49, 0x49, 43, 0, 8, 0, 0, 0])
    bytes.append(directory)
    bytes.append(UInt64(tags.count))
    for (tag, value) in zip(tags, values) {
        bytes.append(tag.number)
        bytes.append(tag.type)
        bytes.append(tag.count)
        bytes.append(value)
    }
    bytes.append(UInt64(0))
    return (bytes, tables + tiles * 12)
}
