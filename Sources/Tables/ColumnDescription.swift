/// What a column of a published table holds. The CSV and its data dictionary
/// are both made from this, so that they cannot disagree.
public struct ColumnDescription: Hashable, Sendable {
    public var name: String
    public var type: ColumnType
    /// Unit of the values, such as `km2`; nil when there is none.
    public var unit: String?
    /// One sentence for the data dictionary.
    public var description: String
    /// Places behind the decimal mark of a `number`; nil = as many as are
    /// needed to read the same number back.
    public var decimals: Int?

    public init(
        _ name: String, _ type: ColumnType, unit: String? = nil, decimals: Int? = nil,
        _ description: String
    ) {
        self.name = name
        self.type = type
        self.unit = unit
        self.decimals = decimals
        self.description = description
    }
}

/// The types of a Frictionless table schema that the tables here use.
public enum ColumnType: String, Hashable, Sendable, CaseIterable {
    case string, integer, number, date, boolean
}
