import Foundation
import TestSupport
import Testing

/// `jilaal series`, and the page that is made with it.
@Suite struct SeriesCommandTests {
    private func table(_ text: String) throws -> String {
        let url = try Scratch.folder().appendingPathComponent("s.csv")
        try Data(text.utf8).write(to: url)
        return url.path
    }

    private static let months: String = {
        var text = "date,ndvi\n"
        for month in 0..<72 {
            let value = 0.4 + 0.2 * sin(Double(month))
            text += String(format: "%d-%02d-01,%.4f\n", 2000 + month / 12, month % 12 + 1, value)
        }
        return text
    }()

    @Test("Smooth curves are printed and plotted, and indices are computed from them")
    func smooths() throws {
        let path = try table(Self.months)
        let plot = URL(fileURLWithPath: path).deletingLastPathComponent()
            .appendingPathComponent("p.svg")
        let flags = ["series", path, "--value-column", "ndvi", "--frequency", "12"]
        let smooth = try JilaalProcess.run(
            flags + ["--method", "smooth", "--lambda", "10", "--start", "2005", "--plot", plot.path])
        #expect(smooth.exitCode == 0, "\(smooth.standardError)")
        let lines = smooth.standardOutput.split(separator: "\n")
        #expect(lines.count == 13)
        #expect(lines[1].hasSuffix(",0,1.00"))
        #expect(try String(contentsOf: plot, encoding: .utf8).hasPrefix("<svg"))
        let indices = try JilaalProcess.run(
            flags + [
                "--method", "vci", "--baseline", "2000-2004", "--lambda", "10", "--start", "2005",
                "--end", "2005",
            ])
        #expect(indices.exitCode == 0, "\(indices.standardError)")
        let first = indices.standardOutput.split(separator: "\n").last ?? ""
        // The value that the index is of is the curve's.
        #expect(first.split(separator: ",")[2] == lines[1].split(separator: ",")[3])
    }

    @Test(
        "What cannot be read ends with the code of its kind and one message",
        arguments: [
            ("", ["--value-column", "ndvi"], Int32(2), "s.csv"),
            ("date,ndvi\n", ["--value-column", "ndvi"], 2, "has no values"),
            ("date,evi\n2000-01-01,1\n", ["--value-column", "ndvi"], 2, "there is no column \"ndvi\""),
            (
                "date,ndvi\n2000-01-01,1\n2000-01-02,1\n", ["--value-column", "ndvi"], 2,
                "s.csv:3: date: is on the same step as"
            ),
            ("date,ndvi\n2000-01-01,nil\n", ["--value-column", "ndvi"], 2, "is no number"),
            ("date,ndvi\n2000-01-01,1\n", ["--value-column", "ndvi", "--map", "m.svg"], 64, "--map"),
            ("date,ndvi\n2000-01-01,1\n", ["--value-column", "ndvi", "--lambda", "0"], 64, "1e-4"),
            ("date,ndvi\n2000-01-01,1\n", [], 64, "--value-column"),
            ("date,ndvi\n1999-01-01,1\n", ["--value-column", "ndvi"], 64, "end before 2000"),
            (
                "date,ndvi\n2000-01-01,1\n",
                ["--value-column", "ndvi", "--method", "vci", "--baseline", "2000-2003"], 64,
                "has 4 years, fewer than --minimum-years 5"
            ),
            ("date,ndvi\n2000-01-01,1\n", ["--value-column", "ndvi", "--where", "x"], 64, "--where"),
        ])
    func refuses(_ text: String, _ flags: [String], _ code: Int32, _ words: String) throws {
        let process = try JilaalProcess.run(
            ["series", try table(text), "--start", "2000.0"] + flags)
        #expect(process.exitCode == code, "\(process.standardError)")
        #expect(process.standardError.contains(words), "\(process.standardError)")
        #expect(process.errors.count <= 1)
    }

    /// The page is copied with one digit changed: what the check tells then
    /// must be that line alone.
    @Test(
        "The page on Somalia is what the data give, and a changed number is told",
        .enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
    func page() throws {
        let folder = try Scratch.folder()
        let files = FileManager.default
        for name in ["docs", "scripts"] {
            try files.createDirectory(
                at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for name in [
            "docs/reproduce-somalia-2010", "docs/reproduce-somalia-2010.md",
            "scripts/reproduce_somalia_2010.sh",
        ] {
            try files.copyItem(
                at: TestPaths.package.appendingPathComponent(name),
                to: folder.appendingPathComponent(name))
        }
        let page = folder.appendingPathComponent("docs/reproduce-somalia-2010.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let changed = text.replacing("| NDVI.b | season only | 18", with: "| NDVI.b | season only | 19")
        #expect(changed != text)
        try Data(changed.utf8).write(to: page)
        let process = try JilaalProcess.run(
            URL(fileURLWithPath: "/bin/bash"),
            [
                folder.appendingPathComponent("scripts/reproduce_somalia_2010.sh").path, "--check",
                JilaalProcess.executable.path,
            ], seconds: 300)
        #expect(process.exitCode == 1)
        #expect(process.standardError.contains("is not what the data give"))
        let told = process.standardOutput.split(separator: "\n")
        #expect(told.count == 4, "\(process.standardOutput)")
        #expect(told.dropFirst().first?.hasPrefix("< | NDVI.b | season only | 19") == true)
        #expect(told.last?.hasPrefix("> | NDVI.b | season only | 18") == true)
    }
}
