import Tables

/// The JSON Schema of the pipeline file.
public enum PipelineSchema {
    /// JSON Schema, draft 2020-12, made from the same descriptions that the
    /// file is read by. Rules that a schema cannot state (`half_life` within
    /// its range, dates of the calendar) are checked by `jilaal validate`.
    public static func json() -> JSONValue {
        let head: [JSONMember] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", "Jilaal pipeline"),
        ]
        guard case .object(let members) = PipelineConfiguration.keys.schema else {
            return .object(head)
        }
        return .object(head + members)
    }
}
