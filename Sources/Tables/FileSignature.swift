import Diagnostics

/// Tells by their first bytes the files that are often saved under the name
/// of a CSV without being one.
enum FileSignature {
    static func refusal(of bytes: [UInt8], file: String) -> TablesError? {
        let place = Place(file: file)
        let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        if isBlank || bytes == [0xEF, 0xBB, 0xBF] {
            return TablesError(
                .emptyFile, at: place,
                "the file is empty (\(bytes.count) bytes; expected a header and rows)",
                mend: "Export or download the table again")
        }
        if isUTF16(bytes) {
            return TablesError(
                .notUTF8, at: Place(file: file, line: 1),
                "the text is UTF-16 (expected UTF-8)",
                mend: "Save it as \"CSV UTF-8\", or convert it: iconv -f UTF-16 -t UTF-8")
        }
        guard let kind = otherKind(bytes) else { return nil }
        return TablesError(
            .notCSV, at: place, "the file is \(kind.name) (expected a CSV)", mend: kind.mend)
    }

    /// By its mark, or because every second of the first bytes is NUL as in
    /// western text.
    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        let head = bytes.prefix(64)
        guard head.count >= 4 else { return false }
        for parity in 0...1 {
            let alternate = head.indices.filter { $0 % 2 == parity }
            let others = head.indices.filter { $0 % 2 != parity }
            let isPattern =
                alternate.allSatisfy { head[$0] == 0 } && others.allSatisfy { head[$0] != 0 }
            if isPattern { return true }
        }
        return false
    }

    private static func otherKind(_ bytes: [UInt8]) -> (name: String, mend: String)? {
        let workbook = "Open it in a spreadsheet program and save the sheet as \"CSV UTF-8\""
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return (
                "a zip archive, perhaps an Excel workbook", workbook + "; or unpack the archive"
            )
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            return ("an old Excel workbook", workbook)
        }
        if bytes.starts(with: [0x1F, 0x8B]) {
            return ("compressed with gzip", "Unpack it first: gunzip")
        }
        let start = bytes.prefix(512).drop {
            $0 == 0x20 || (0x09...0x0D).contains($0) || [0xEF, 0xBB, 0xBF].contains($0)
        }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        if ["<!doctype html", "<html", "<head", "<body", "<table"].contains(where: text.hasPrefix) {
            return (
                "an HTML page",
                "Download the table again; a login or error page was probably saved in its place"
            )
        }
        if text.hasPrefix("<?xml") { return ("an XML document", "Export the table as CSV") }
        if text.hasPrefix("{") || text.hasPrefix("[{") {
            return ("JSON", "Export the table as CSV, or name it .geojson if that is what it is")
        }
        return nil
    }
}
