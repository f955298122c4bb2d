import Diagnostics
import Geo
import Tables

/// The folder of reference vectors of a self-test.
struct SelfTestVectors {
    /// Larger files are none of these vectors.
    static let mostBytes = 64 << 20

    let folder: String

    private func bytes(_ name: String) throws -> [UInt8] {
        let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
        let file: LocalFile
        do {
            file = try LocalFile(path, writtenAs: path)
        } catch where error.kind == .missingFile {
            throw PipelineError(
                .missingVectors, at: Place(file: path), "there is no such file of vectors",
                mend: "Give their folder with --vectors DIR; in the source of the program it is "
                    + "Tests/Fixtures/drought")
        }
        return try Descriptor.readFile(at: file.text, limit: Self.mostBytes)
    }

    /// A CSV of the folder, its rows all whole.
    func table(_ name: String) throws -> VectorTable {
        let records = try CSVReader.read(bytes(name), file: name).requireTable()
        let problems = records.compactMap(\.problem)
        guard problems.isEmpty else { throw FailureList(problems) }
        guard !records.isEmpty else { throw Self.damaged(Place(file: name), "has no rows") }
        return VectorTable(records: records)
    }

    /// A JSON document of the folder.
    func document(_ name: String) throws -> VectorNode {
        VectorNode(value: try JSONReader.read(bytes(name), file: name), file: name, path: "")
    }

    static func damaged(_ place: Place, _ cause: String) -> PipelineError {
        PipelineError(
            .vectorsDamaged, at: place, cause,
            mend: "Fetch the vectors of this version of the program again")
    }
}

/// A table of reference numbers.
struct VectorTable {
    let records: RecordTable
    var file: String { records.file }

    private func column(_ name: String) throws -> Int {
        guard let column = records.columns.firstIndex(of: name) else {
            throw SelfTestVectors.damaged(
                Place(file: file), "has no column \"\(name)\"")
        }
        return column
    }

    /// The fields of a column, empty ones as "".
    func texts(_ name: String) throws -> [String] {
        let column = try column(name)
        return records.map { $0.field(column) ?? "" }
    }

    /// The numbers of a column; NaN where a field is empty.
    func numbers(_ name: String) throws -> [Double] {
        let column = try column(name)
        return try records.map { record in
            guard let text = record.field(column) else { return .nan }
            guard let number = Double(text), number.isFinite else {
                throw SelfTestVectors.damaged(
                    records.place(at: record.position, field: "column \"\(name)\""),
                    "\"\(text)\" is no number")
            }
            return number
        }
    }

    /// The whole numbers of a column, none of them empty.
    func integers(_ name: String) throws -> [Int] {
        try zip(records, numbers(name)).map { record, number in
            guard let integer = Int(exactly: number) else {
                throw SelfTestVectors.damaged(
                    records.place(at: record.position, field: "column \"\(name)\""),
                    "expected a whole number")
            }
            return integer
        }
    }
}

/// A part of a JSON document of reference numbers.
struct VectorNode {
    let value: JSONValue
    let file: String
    /// Such as `asi.expected`.
    let path: String

    private func damaged(_ wanted: String) -> PipelineError {
        SelfTestVectors.damaged(
            Place(file: file, field: path.isEmpty ? nil : path), "expected \(wanted)")
    }

    /// The member called `name`.
    func callAsFunction(_ name: String) throws -> VectorNode {
        let inner = path.isEmpty ? name : path + "." + name
        guard case .object(let members) = value,
            let member = members.first(where: { $0.name == name })
        else { throw VectorNode(value: .null, file: file, path: inner).damaged("a value") }
        return VectorNode(value: member.value, file: file, path: inner)
    }

    func elements() throws -> [VectorNode] {
        guard case .array(let elements) = value else { throw damaged("an array") }
        return elements.enumerated().map { index, element in
            VectorNode(value: element, file: file, path: "\(path)[\(index)]")
        }
    }

    /// A number; NaN for null.
    func number() throws -> Double {
        switch value {
        case .null: return .nan
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw damaged("a number")
        }
    }

    func text() throws -> String {
        guard case .string(let text) = value else { throw damaged("text") }
        return text
    }

    /// An array of numbers; NaN for null.
    func numbers() throws -> [Double] { try elements().map { try $0.number() } }

    /// Arrays of numbers, one after the other.
    func flatNumbers() throws -> [Double] { try elements().flatMap { try $0.numbers() } }
}
