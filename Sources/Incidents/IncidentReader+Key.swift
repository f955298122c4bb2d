import Products
import Tables

extension IncidentReader {
    /// The column of `table` that identifies events when it is read as
    /// `schema`; nil when there is none.
    public static func keyColumn(of table: RecordTable, as schema: IncidentSchema) -> Int? {
        switch schema {
        case .profile(let profile):
            profile.column(.key).flatMap { $0.index(in: table.columns) }
        case .mapping(let mapping):
            mapping.columns[.key].flatMap { name in
                name.hasPrefix("#") && !table.columns.contains(name)
                    ? table.hashtags.firstIndex(of: name) : table.column(named: name)
            }
        }
    }
}
