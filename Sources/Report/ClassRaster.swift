import GridCore

/// A raster of class codes made ready to be drawn with its class table.
public struct ClassRaster: Sendable {
    /// Position of each cell's class in `table.entries`, or one of the two
    /// marks below.
    let indices: Grid<UInt8>
    /// Labels and colours of the classes.
    public let table: ClassTable

    /// Mark of cells without a class.
    static let nodata: UInt8 = 255
    /// Mark of cells whose code the table does not list.
    static let unlisted: UInt8 = 254

    /// `nodata`: the code of cells without a class; nil when every cell has
    /// one. Codes that the table does not list are kept apart and drawn in a
    /// colour of their own, so that they do not pass for nodata.
    public init<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ codes: Grid<Code>, table: ClassTable, nodata: Code? = nil
    ) {
        self.table = table
        var positions: [Int: UInt8] = [:]
        for (position, entry) in table.entries.enumerated() where positions[entry.code] == nil {
            positions[entry.code] = UInt8(position)
        }
        var indices = Grid<UInt8>(codes.spec, filledWith: Self.nodata)
        codes.withCells { source in
            indices.withMutableCells { target in
                // Neighbours mostly share a class: look each run up once.
                var last: Code?
                var mark = Self.nodata
                for cell in source.indices {
                    let code = source[cell]
                    if code != last {
                        last = code
                        if code == nodata {
                            mark = Self.nodata
                        } else {
                            mark = Int(exactly: code).flatMap { positions[$0] } ?? Self.unlisted
                        }
                    }
                    target[cell] = mark
                }
            }
        }
        self.indices = indices
    }

    /// Number of cells of each class of the table, of unlisted codes and of
    /// nodata.
    func counts() -> (classes: [Int], unlisted: Int, nodata: Int) {
        var counts = [Int](repeating: 0, count: 256)
        indices.withCells { for index in $0 { counts[Int(index)] += 1 } }
        return (
            Array(counts[..<table.entries.count]), counts[Int(Self.unlisted)],
            counts[Int(Self.nodata)]
        )
    }
}
