/// What a path in a pipeline file may be: a local file, nothing that a
/// driver would fetch, unpack or interpret.
struct PathRules: Sendable {
    /// Absolute folder of the pipeline file.
    var folder: String
    /// The environment of the process.
    var environment: [String: String]
    /// Names that `${NAME}` may use.
    var allowedVariables: [String]

    /// The variable that names the folder of real data; always allowed.
    static let dataVariable = "JILAAL_DATA"

    /// Why a path was refused, and how to mend it.
    enum Fault: Error {
        case variable(cause: String, mend: String)
        case path(cause: String, mend: String)
    }

    /// The absolute path of `written`.
    func resolve(_ written: String) throws(Fault) -> String {
        let expanded = try expand(written)
        guard !expanded.isEmpty else {
            throw .path(cause: "is an empty path", mend: "Write the path of a file")
        }
        guard !expanded.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw .path(cause: "has a control character", mend: "Rename the file")
        }
        guard !expanded.hasPrefix("~") else {
            throw .path(
                cause: "begins with \"~\", which is not expanded",
                mend: "Write the path in full, or relative to the pipeline file")
        }
        // `https://...`, and drivers' own names such as `NETCDF:"a.nc":ndvi`.
        if expanded.prefixMatch(of: #/"?[A-Za-z][A-Za-z0-9_+.\-]*:/#) != nil {
            throw .path(
                cause: "names a scheme or driver (found \(Quoted(written)), expected a local path)",
                mend: "Download the file and write its path; name a subdataset by \"layer\"")
        }
        let absolute = expanded.hasPrefix("/") ? expanded : folder + "/" + expanded
        let squeezed = absolute.replacing(#/\/+/#, with: "/")
        guard !squeezed.hasPrefix("/vsi") else {
            throw .path(
                cause:
                    "names a virtual file system (found \(Quoted(written)), expected a local path)",
                mend: "Unpack or download the file and write its path")
        }
        return squeezed
    }

    private func expand(_ written: String) throws(Fault) -> String {
        var result = ""
        var rest = written[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            let tail = rest[rest.index(after: dollar)...]
            guard tail.first == "{" else {
                throw .variable(
                    cause: "has \"$\" without braces", mend: "Write ${\(Self.dataVariable)}/...")
            }
            guard let end = tail.firstIndex(of: "}") else {
                throw .variable(
                    cause: "has \"${\" without its \"}\"", mend: "Write ${\(Self.dataVariable)}/..."
                )
            }
            let name = String(tail[tail.index(after: tail.startIndex)..<end])
            result += try value(of: name)
            rest = tail[tail.index(after: end)...]
        }
        return result + rest
    }

    private func value(of name: String) throws(Fault) -> String {
        guard allowedVariables.contains(name) else {
            throw .variable(
                cause: "uses the variable \(Quoted(name)), which is not allowed here "
                    + "(allowed: \(allowedVariables.joined(separator: ", ")))",
                mend: "Add its name to the list \"variables\" at the top of the file")
        }
        guard let value = environment[name], !value.isEmpty else {
            throw .variable(
                cause: "the variable \(name) is not set",
                mend: "Set it before the run: export \(name)=/path/to/folder")
        }
        return value
    }
}
