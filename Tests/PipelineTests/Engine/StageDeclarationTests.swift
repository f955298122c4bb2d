import Testing

@testable import Pipeline

@Suite struct StageDeclarationTests {
    private func declaration(
        inputs: [(String, String, String)] = [("ndvi 2010-12-03", "n/a.tif", "aa")],
        parameters: [(String, String)] = [("drought.minimum_years", "5")],
        program: [String] = ["jilaal 1"], upstream: [StageName: String] = [:]
    ) -> StageDeclaration {
        StageDeclaration(
            stage: .drought, program: program,
            inputs: inputs.map { .init(role: $0.0, path: $0.1, sha256: $0.2) },
            parameters: parameters.map { .init(name: $0.0, value: $0.1) }, upstream: upstream)
    }

    @Test func `The key does not depend on names of files or on any order`() {
        let one = declaration(
            inputs: [("a", "x.tif", "1"), ("b", "y.tif", "2")],
            parameters: [("p", "1"), ("q", "2")])
        let other = declaration(
            inputs: [("b", "elsewhere/z.tif", "2"), ("a", "w.tif", "1")],
            parameters: [("q", "2"), ("p", "1")])
        #expect(one.key == other.key)
        #expect(one.key.count == 64)
        #expect(other.differences(from: one) == [])
    }

    @Test func `The key depends on everything else, and the difference is told`() {
        let base = declaration()
        let others: [(StageDeclaration, String)] = [
            (
                declaration(inputs: [("ndvi 2010-12-03", "n/a.tif", "ab")]), "revised: n/a.tif"
            ),
            (declaration(inputs: []), "gone: n/a.tif"),
            (
                declaration(inputs: [
                    ("ndvi 2010-12-03", "n/a.tif", "aa"), ("ndvi 2010-12-19", "n/b.tif", "cc"),
                ]), "new: n/b.tif"
            ),
            (
                declaration(parameters: [("drought.minimum_years", "6")]),
                "drought.minimum_years: 5 -> 6"
            ),
            (declaration(parameters: []), "drought.minimum_years: 5 -> not set"),
            (declaration(program: ["jilaal 2"]), "program: jilaal 1 -> jilaal 2"),
            (declaration(upstream: [.hotspots: "k"]), "hotspots changed"),
        ]
        for (other, text) in others {
            #expect(other.key != base.key, "\(text)")
            #expect(other.differences(from: base) == [text])
        }
        #expect(Set(others.map(\.0.key)).count == others.count)
    }
}
