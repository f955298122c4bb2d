/// Which rows a table has, in order, in few bytes: rows that were stored one
/// after the other are one run. A table of a million rows that were stored
/// together takes five bytes; a revised row adds about ten.
struct RowOrder: Hashable {
    /// Identifiers of rows in the order of the table; one may stand twice.
    var rows: [Int64]
    /// Positions whose row lacks the usual line end, ascending.
    var unended: [Int]

    /// Unsigned LEB128 numbers: count of runs, then for each the zigzag
    /// difference of its first row from the row after the last one, and its
    /// length; count of unended positions, then their differences.
    var bytes: [UInt8] {
        var runs: [(first: Int64, count: Int)] = []
        for row in rows {
            if let last = runs.last, last.first + Int64(last.count) == row {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((row, 1))
            }
        }
        var bytes: [UInt8] = []
        Self.append(UInt64(runs.count), to: &bytes)
        var next: Int64 = 0
        for run in runs {
            let step = run.first - next
            Self.append(UInt64(bitPattern: (step << 1) ^ (step >> 63)), to: &bytes)
            Self.append(UInt64(run.count), to: &bytes)
            next = run.first + Int64(run.count)
        }
        Self.append(UInt64(unended.count), to: &bytes)
        var last = 0
        for position in unended {
            Self.append(UInt64(position - last), to: &bytes)
            last = position
        }
        return bytes
    }

    init(rows: [Int64], unended: [Int]) {
        self.rows = rows
        self.unended = unended
    }

    /// nil when the bytes are none that `bytes` gives.
    ///
    /// - Parameter count: how many rows the table has.
    init?(_ bytes: [UInt8], count: Int) {
        var position = 0
        func number() -> UInt64? { Self.number(in: bytes, &position) }
        rows = []
        unended = []
        guard count >= 0, let runCount = number(), runCount <= UInt64(count) else { return nil }
        var next: Int64 = 0
        for _ in 0..<runCount {
            guard let code = number(), let length = number(),
                length <= UInt64(count - rows.count)
            else { return nil }
            let step = Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)
            let (first, overflow) = next.addingReportingOverflow(step)
            let (end, endOverflow) = first.addingReportingOverflow(Int64(length))
            guard !overflow, !endOverflow else { return nil }
            rows.append(contentsOf: first..<end)
            next = end
        }
        guard rows.count == count, let unendedCount = number(), unendedCount <= UInt64(count) else {
            return nil
        }
        var last = 0
        for _ in 0..<unendedCount {
            guard let step = number(), step < UInt64(max(1, count - last)) else { return nil }
            last += Int(step)
            unended.append(last)
        }
        guard position == bytes.count else { return nil }
    }

    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func number(in bytes: [UInt8], _ position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
