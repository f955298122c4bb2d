/// The description of a published CSV that lies beside it: a Frictionless
/// `datapackage.json` (Data Package and Table Schema, version 1).
public struct DataDictionary: Hashable, Sendable {
    /// A licence under which the table is published.
    public struct Licence: Hashable, Sendable {
        /// Identifier such as `CC-BY-4.0`.
        public var name: String
        public var title: String
        public var path: String?

        public init(name: String, title: String, path: String? = nil) {
            self.name = name
            self.title = title
            self.path = path
        }
    }

    /// Material from which the table was made, with its citation.
    public struct Source: Hashable, Sendable {
        public var title: String
        public var path: String?

        public init(title: String, path: String? = nil) {
            self.title = title
            self.path = path
        }
    }

    /// Path of the CSV, relative to the dictionary.
    public var resourcePath: String
    public var title: String
    public var description: String
    public var columns: [ColumnDescription]
    public var licences: [Licence]
    public var sources: [Source]

    public init(
        resourcePath: String, title: String, description: String = "",
        columns: [ColumnDescription], licences: [Licence] = [], sources: [Source] = []
    ) {
        self.resourcePath = resourcePath
        self.title = title
        self.description = description
        self.columns = columns
        self.licences = licences
        self.sources = sources
    }

    /// The dictionary as a JSON document; empty parts are left out.
    public var json: JSONValue {
        var package = [
            JSONMember("profile", "tabular-data-package"),
            JSONMember("name", .string(name)),
            JSONMember("title", .string(title)),
        ]
        if !description.isEmpty { package.append(JSONMember("description", .string(description))) }
        if !licences.isEmpty {
            package.append(JSONMember("licenses", .array(licences.map(\.json))))
        }
        if !sources.isEmpty { package.append(JSONMember("sources", .array(sources.map(\.json)))) }
        package.append(JSONMember("resources", [resource]))
        return .object(package)
    }

    /// The text of `datapackage.json`, with a final newline.
    public var text: String { json.text(.pretty) + "\n" }

    private var resource: JSONValue {
        [
            "profile": "tabular-data-resource",
            "name": .string(name),
            "path": .string(resourcePath),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": [
                "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"",
                "doubleQuote": true, "header": true,
            ],
            "schema": [
                "fields": .array(columns.map(\.json)),
                "missingValues": [""],
            ],
        ]
    }

    /// The file name without its extension, in the characters that the
    /// standard allows in a name.
    private var name: String {
        let file = resourcePath.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.split(separator: ".").first.map(String.init) ?? ""
        let slug = stem.lowercased().unicodeScalars.map { scalar -> Character in
            let isAllowed =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isAllowed || scalar == "_" || scalar == "-" ? Character(scalar) : "-"
        }
        return slug.isEmpty ? "table" : String(slug)
    }
}

extension DataDictionary.Licence {
    fileprivate var json: JSONValue {
        var members = [JSONMember("name", .string(name)), JSONMember("title", .string(title))]
        if let path { members.append(JSONMember("path", .string(path))) }
        return .object(members)
    }
}

extension DataDictionary.Source {
    fileprivate var json: JSONValue {
        var members = [JSONMember("title", .string(title))]
        if let path { members.append(JSONMember("path", .string(path))) }
        return .object(members)
    }
}

extension ColumnDescription {
    fileprivate var json: JSONValue {
        var members = [
            JSONMember("name", .string(name)), JSONMember("type", .string(type.rawValue)),
        ]
        if type == .date { members.append(JSONMember("format", "default")) }
        if let unit { members.append(JSONMember("unit", .string(unit))) }
        members.append(JSONMember("description", .string(description)))
        return .object(members)
    }
}
