import Diagnostics

/// How long a NetCDF file of the classic format says that it is.
///
/// Its library gives zeros for what is missing at the end and says nothing.
/// Source: The NetCDF Classic Format Specification (Unidata), with 64-bit
/// offsets (version 2) and 64-bit data (version 5).
struct ClassicNetCDFExtent {
    private let head: FileHead
    private var offset = 4
    private let version: Int

    /// A header is far shorter; in a longer one the extent stays unknown.
    private static let longestHeader = 8 << 20

    /// - Throws: `GeoError` of kind `truncated` when the file is shorter than
    ///   its variables; nothing for other formats.
    static func check(_ file: LocalFile, writtenAs name: String) throws(GeoError) {
        // Most files are of another format, and many.
        guard FileHead(of: file.text, atMost: 3)?.bytes == Array("CDF".utf8),
            let head = FileHead(of: file.text, atMost: longestHeader),
            head.bytes.count > 4, [1, 2, 5].contains(head.bytes[3])
        else { return }
        var reader = ClassicNetCDFExtent(head: head, version: Int(head.bytes[3]))
        guard let expected = reader.expectedByteCount() else {
            // What lies beyond a header as long as this cannot be told.
            guard head.byteCount <= longestHeader else { return }
            throw damaged(name, "its header ends early or is damaged")
        }
        guard expected <= head.byteCount else {
            throw damaged(name, "expected \(expected) bytes, found \(head.byteCount)")
        }
    }

    private static func damaged(_ name: String, _ cause: String) -> GeoError {
        GeoError(
            .truncated, at: Place(file: name), "the NetCDF file is not whole (\(cause))",
            mend: "The file is truncated or damaged: fetch it again")
    }

    private init(head: FileHead, version: Int) {
        self.head = head
        self.version = version
    }

    /// Width of counts, sizes and dimension numbers.
    private var countBytes: Int { version == 5 ? 8 : 4 }

    /// First byte after the last variable; nil when the header is not whole.
    private mutating func expectedByteCount() -> Int? {
        guard var records = take(countBytes) else { return nil }
        // All bits set: still being written to, and its length unknown.
        if records == 0xFFFF_FFFF { records = 0 }
        guard let dimensions = dimensions(), skipAttributes(), let count = listCount(tag: 0x0B)
        else { return nil }
        var end = offset
        var recordBytes = 0
        var recordEnds: [Int] = []
        var lastRecordLength = 0
        for _ in 0..<count {
            guard let variable = variable(dimensions) else { return nil }
            let (sum, overflow) = variable.begin.addingReportingOverflow(variable.length)
            guard !overflow else { return nil }
            guard variable.isRecord else {
                end = max(end, sum)
                continue
            }
            recordBytes += (variable.length + 3) / 4 * 4
            lastRecordLength = variable.length
            recordEnds.append(sum)
        }
        guard records > 0, let lastEnd = recordEnds.max() else { return max(end, offset) }
        // A single record variable is stored without padding.
        let step = recordEnds.count == 1 ? lastRecordLength : recordBytes
        let (more, overflow) = step.multipliedReportingOverflow(by: records - 1)
        let (sum, tooFar) = lastEnd.addingReportingOverflow(more)
        return overflow || tooFar ? nil : max(end, sum)
    }

    private struct Variable {
        var begin: Int
        /// Of one record, when it has records.
        var length: Int
        var isRecord: Bool
    }

    private mutating func variable(_ dimensions: [Int]) -> Variable? {
        guard skipName(), let count = take(countBytes), count <= 1024 else { return nil }
        var cells = 1
        var isRecord = false
        for position in 0..<count {
            guard let id = take(countBytes), dimensions.indices.contains(id) else { return nil }
            if dimensions[id] == 0, position == 0 {
                isRecord = true
                continue
            }
            let (product, overflow) = cells.multipliedReportingOverflow(by: dimensions[id])
            guard !overflow else { return nil }
            cells = product
        }
        guard skipAttributes(), let type = take(4), let size = Self.size(ofType: type),
            take(countBytes) != nil, let begin = take(version == 1 ? 4 : 8)
        else { return nil }
        let (length, overflow) = cells.multipliedReportingOverflow(by: size)
        return overflow ? nil : Variable(begin: begin, length: length, isRecord: isRecord)
    }

    /// Lengths of the dimensions; 0 is that of the records.
    private mutating func dimensions() -> [Int]? {
        guard let count = listCount(tag: 0x0A) else { return nil }
        var lengths: [Int] = []
        for _ in 0..<count {
            guard skipName(), let length = take(countBytes) else { return nil }
            lengths.append(length)
        }
        return lengths
    }

    private mutating func skipAttributes() -> Bool {
        guard let count = listCount(tag: 0x0C) else { return false }
        for _ in 0..<count {
            guard skipName(), let type = take(4), let size = Self.size(ofType: type),
                let values = take(countBytes), skip(values, times: size)
            else { return false }
        }
        return true
    }

    /// Elements of a list; 0 when it is absent, nil when it is another list.
    private mutating func listCount(tag expected: Int) -> Int? {
        guard let tag = take(4), let count = take(countBytes) else { return nil }
        // Each element is longer than a byte.
        guard tag == expected ? count <= head.bytes.count : tag == 0 && count == 0 else {
            return nil
        }
        return count
    }

    private mutating func skipName() -> Bool {
        guard let length = take(countBytes) else { return false }
        return skip(length, times: 1)
    }

    /// Steps over values and their padding to four bytes.
    private mutating func skip(_ count: Int, times size: Int) -> Bool {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= head.bytes.count else { return false }
        offset += (bytes + 3) / 4 * 4
        return offset <= head.bytes.count
    }

    private mutating func take(_ count: Int) -> Int? {
        defer { offset += count }
        return head.number(at: offset, count: count, isBigEndian: true)
    }

    /// Bytes of one value, by the numbers of `nc_type`.
    private static func size(ofType type: Int) -> Int? {
        switch type {
        case 1, 2, 7: 1
        case 3, 8: 2
        case 4, 5, 9: 4
        case 6, 10, 11: 8
        default: nil
        }
    }
}
