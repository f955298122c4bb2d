import Diagnostics
import Testing

@testable import Pipeline

private let incidents = "incidents: { sources: [{ source: acled, file: a.csv }] }\n"

/// Pipeline files that are not YAML as it is read here, have wrong keys, or
/// name what may not be named.
@Suite struct BadFileTests {
    static let yaml: [BadFile] = [
        .after(
            "a tab as indentation", .syntax, "bases:\n\tfile: b.csv\n",
            "p.yml:5:1: a tab is used to indent (YAML expects spaces). Replace the tab by spaces."),
        .after("an open bracket", .syntax, "notes: [a, b\n", "p.yml:5:1: is not YAML here"),
        .after(
            "an open quote", .syntax, "bases: { file: \"b.csv }\n", "p.yml:5:1: is not YAML here"),
        .after(
            "a colon in a plain text", .syntax, "output: a: b\n", "p.yml:4:10: is not YAML here"),
        .after(
            "a control character", .syntax, "output: a\u{1}b\n", "p.yml:4:10: is not YAML (control"),
        .after(
            "a second document", .syntax, "---\nversion: 1\n", "p.yml:4:1: a second document begins"
        ),
        .after(
            "an anchor", .unsupportedYAML, "output: &here out\n",
            "p.yml:4:9: anchors and aliases are not read (found &here)"),
        .after(
            "an alias of nothing", .unsupportedYAML, "output: *.tif\n",
            "p.yml:4:10: anchors and aliases are not read. Write the value out, or put it in quotes"
        ),
        .after(
            "an anchor on a mapping", .unsupportedYAML, "bases: &b { file: b.csv }\nroads: *b\n",
            "p.yml:4:8: anchors and aliases are not read (found &b)"),
        .after(
            "a tag", .unsupportedYAML, "output: !secret out\n",
            "p.yml:4:9: tags are not read (found !secret)"),
        .after(
            "a merge key", .unknownKey, "bases: { <<: { file: b.csv }, file: b.csv }\n",
            "p.yml:4:10: bases: unknown key \"<<\". Known here: file, layer, id"),
        .after(
            "a list as key", .wrongType, "? [a, b]\n: c\n",
            "p.yml:4:3: a key must be a word (found a list or mapping)"),
        BadFile("no content", .missingKey, "# nothing yet\n", "p.yml: is empty"),
        BadFile(
            "a list instead of keys", .wrongType, "- version: 1\n",
            "p.yml:1:1: is not a mapping (found a list)"),
    ]

    static let keys: [BadFile] = [
        .after(
            "an unknown key near a known one", .unknownKey,
            "basis: { file: b.csv }\nbases: { file: b.csv }\n",
            "p.yml:4:1: unknown key \"basis\". Did you mean \"bases\"?"),
        .after(
            "a hyphen for an underscore", .unknownKey,
            incidents + "hotspots:\n  density:\n    half-life: 30 days\n",
            "p.yml:7:5: hotspots.density: unknown key \"half-life\". Did you mean \"half_life\"?"),
        .after(
            "an unknown key far from all", .unknownKey, incidents + "hotspots: { zzz: 1 }\n",
            "p.yml:5:13: hotspots: unknown key \"zzz\". Known here: cell, window, weight, cap, density"
        ),
        .after(
            "a duplicate key", .duplicateKey, "bases: { file: a.csv, id: x, file: b.csv }\n",
            "p.yml:4:30: key \"file\" is written twice (first in line 4). Keep one of them."),
        .after(
            "a duplicate section", .duplicateKey,
            "bases: { file: a.csv }\nnotes: []\nbases: { file: b.csv }\n",
            "p.yml:6:1: key \"bases\" is written twice (first in line 4)"),
        .after(
            "a duplicate quoted key", .duplicateKey, "bases: { \"file\": a.csv, file: b.csv }\n",
            "p.yml:4:25: key \"file\" is written twice"),
        BadFile(
            "no version", .missingKey,
            "name: T\nsectors: { file: s.shp, id: i }\nbases: { file: b.csv }\n",
            "p.yml:1:1: the key \"version\" is missing (expected a version). Add version: 1."),
        BadFile(
            "another version", .unsupportedVersion,
            "version: 2\nname: T\nsectors: { file: s.shp, id: i }\nbases: { file: b.csv }\n",
            "p.yml:1:10: version: is a version that is not read here (found \"2\", expected 1)"),
        .after(
            "no file in a source", .missingKey, "incidents:\n  sources:\n    - source: acled\n",
            "p.yml:6:7: incidents.sources[0]: the key \"file\" is missing (expected a path). Add file: acled.csv."
        ),
        .after(
            "a section without keys", .wrongType, incidents + "hotspots:\n",
            "p.yml:5:1: hotspots: has no keys below it. Indent its keys below it, or remove the key."
        ),
        .after(
            "a key without value", .wrongType, "bases:\n  file: b.csv\n  reach:\n",
            "p.yml:6:3: bases.reach: has no value (expected a length). Write \"50 km\", or remove the key."
        ),
        .after(
            "nothing to compute", .missingKey, "notes: []\n",
            "p.yml:1:1: there is nothing to compute"),
    ]

    static let paths: [BadFile] = [
        .after(
            "an address", .badPath, "bases: { file: \"https://example.org/b.csv\" }\n",
            "p.yml:4:16: bases.file: names a scheme or driver (found \"https://example.org/b.csv\", expected a local path)"
        ),
        .after(
            "a virtual file system", .badPath, "bases: { file: /vsicurl/example.org/b.csv }\n",
            "p.yml:4:16: bases.file: names a virtual file system"),
        .after(
            "a virtual file system behind two slashes", .badPath,
            "bases: { file: //vsizip/b.zip }\n",
            "p.yml:4:16: bases.file: names a virtual file system"),
        .after(
            "a driver's own name", .badPath, "bases: { file: 'NETCDF:\"n.nc\":ndvi' }\n",
            "p.yml:4:16: bases.file: names a scheme or driver"),
        .after(
            "a variable that is not set", .badVariable,
            "variables: [ELSEWHERE]\nbases: { file: \"${ELSEWHERE}/b.csv\" }\n",
            "p.yml:5:16: bases.file: the variable ELSEWHERE is not set. Set it before the run: export ELSEWHERE=/path/to/folder."
        ),
        .after(
            "a variable that is set to nothing", .badVariable,
            "variables: [EMPTY]\nbases: { file: \"${EMPTY}/b.csv\" }\n",
            "p.yml:5:16: bases.file: the variable EMPTY is not set"),
        .after(
            "a variable that is not listed", .badVariable,
            "bases: { file: \"${SECTOR_DATA}/b.csv\" }\n",
            "p.yml:4:16: bases.file: uses the variable \"SECTOR_DATA\", which is not allowed here (allowed: JILAAL_DATA)"
        ),
        .after(
            "a variable without braces", .badVariable, "bases: { file: $JILAAL_DATA/b.csv }\n",
            "p.yml:4:16: bases.file: has \"$\" without braces"),
        .after(
            "a variable without its end", .badVariable,
            "bases: { file: \"${JILAAL_DATA/b.csv\" }\n",
            "p.yml:4:16: bases.file: has \"${\" without its \"}\""),
        .after(
            "a home folder", .badPath, "bases: { file: \"~/b.csv\" }\n",
            "p.yml:4:16: bases.file: begins with \"~\""),
        .after(
            "a control character in a path", .badPath, "bases: { file: \"b\\n.csv\" }\n",
            "p.yml:4:16: bases.file: has a control character"),
        .after(
            "a wildcard in a folder", .badPath,
            "drought:\n  ndvi: { product: mod13c1, files: \"*/n.tif\" }\n  baseline: 2000-2009\n",
            "p.yml:5:36: drought.ndvi.files: has \"*\", \"?\" or \"[\" in a folder"),
        .after(
            "a folder instead of a pattern", .badPath,
            "drought:\n  ndvi: { product: mod13c1, files: \"ndvi/\" }\n  baseline: 2000-2009\n",
            "p.yml:5:36: drought.ndvi.files: names a folder (found \"ndvi/\", expected a pattern of files). Write which files in it: \"ndvi/*.tif\"."
        ),
    ]

    @Test("A fault is reported once, at its line, column and path", arguments: yaml + keys + paths)
    func faultIsReportedAtItsPlace(_ bad: BadFile) { bad.check() }

    @Test func `All problems of a file are listed in reading order`() {
        let text = """
            version: 2
            nam: Test
            sectors: { file: "https://example.org/s", id: sid, id: other }
            incidents:
              sources:
                - { source: acled, file: a.csv }
                - { source: ged, file: b.csv, file: c.csv }
            hotspots: { cell: 25, confidense: 90 % }
            """
        let lines = PipelineText(text).problems().map { $0.place.description }
        #expect(
            lines == [
                "p.yml:1:1", "p.yml:1:10: version", "p.yml:2:1", "p.yml:3:18: sectors.file",
                "p.yml:3:52", "p.yml:7:17: incidents.sources[1].source", "p.yml:7:35",
                "p.yml:8:19: hotspots.cell", "p.yml:8:23: hotspots",
            ])
    }

    @Test func `The exit code of a list of problems is that of a bad pipeline file`() {
        #expect(throws: FailureList.self) { try PipelineText("").read() }
        do throws(FailureList) {
            _ = try PipelineText("a: 1").read()
        } catch {
            #expect(error.exit == .badConfiguration)
            #expect(error.description.contains("\n"))
        }
    }

    @Test func `An unknown product is refused when the profiles are known`() {
        let text = PipelineText(
            after: "drought:\n  ndvi: { product: mod13c2, file: n.tif }\n  baseline: 2000-2009\n")
        let problems = text.problems(products: ["mod13c1", "vnp13a2"])
        #expect(
            problems.map(\.description) == [
                "p.yml:5:20: drought.ndvi.product: is no known product (found \"mod13c2\"). Did you mean mod13c1?"
            ])
        #expect(text.problems().isEmpty)
    }

    @Test func `Control characters of a value do not reach the message`() {
        let problems = PipelineText(after: "bases: { file: b.csv, edition: \"\\e[31mpublic\" }\n")
            .problems()
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { !$0.description.contains("\u{1B}") })
    }
}
