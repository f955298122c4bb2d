/// The common scale on which different indicators are compared.
///
/// The names and their order follow the five categories of the U.S. Drought
/// Monitor (Svoboda et al. 2002, Bulletin of the American Meteorological
/// Society 83, 1181-1190): D0 is a watch, D1 moderate, D2 severe, D3 and D4
/// extreme. Which class of a table lies where is in the table itself; where
/// its authors do not say, the choice is our own.
public enum DroughtCondition: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    case none = 1
    case watch = 2
    case moderate = 3
    case severe = 4
    case extreme = 5

    /// A word for tables and manifests.
    public var name: String {
        switch self {
        case .none: "none"
        case .watch: "watch"
        case .moderate: "moderate"
        case .severe: "severe"
        case .extreme: "extreme"
        }
    }

    public static func < (a: DroughtCondition, b: DroughtCondition) -> Bool {
        a.rawValue < b.rawValue
    }
}
