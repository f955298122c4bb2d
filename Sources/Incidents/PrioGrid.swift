import GridCore

/// The PRIO-GRID cells: 0.5 degrees, 720 columns from 180 W and 360 rows from
/// 90 S, numbered from 1 row by row (Tollefsen, Strand and Buhaug 2012).
public enum PrioGrid {
    /// Number of the cell that holds `position` (longitude, latitude); nil
    /// when it is not on the globe. On an edge the cell north or east of it;
    /// 180 E is the column of 180 W, and 90 N belongs to the last row.
    public static func cell(at position: Coordinate) -> Int? {
        guard abs(position.longitude) <= 180, abs(position.latitude) <= 90 else { return nil }
        let row = min(359, Int(((position.latitude + 90) * 2).rounded(.down)))
        let column = Int(((position.longitude + 180) * 2).rounded(.down)) % 720
        return row * 720 + column + 1
    }
}
