import Diagnostics
import Solver
import Testing

@Suite struct LPFileTests {
    @Test func `Every kind of row, bound and column has its line`() throws {
        var program = LinearProgram()
        let a = program.add(.init(name: "a", upper: 1, objective: 2.5, isInteger: true))
        let b = program.add(.init(name: "b", lower: -.infinity, objective: -1))
        let c = program.add(.init(name: "c", lower: 1, upper: 7, isInteger: true))
        let d = program.add(.init(name: "d", lower: 2))
        let e = program.add(.init(name: "e", lower: -.infinity, upper: 4))
        let f = program.add(.init(name: "f", lower: 3, upper: 3))
        program.add(.init(name: "range", terms: [.init(a), .init(b, -2)], lower: -1, upper: 4))
        program.add(.init(name: "equal", terms: [.init(c), .init(d)], lower: 5, upper: 5))
        program.add(.init(name: "free", terms: [.init(e)]))
        program.add(.init(name: "empty", terms: [], upper: 1))
        program.add(.init(name: "least", terms: [.init(e, 0.1), .init(f)], lower: 2))
        let expected = """
            Maximize
             obj: + 2.5 a - 1.0 b
            Subject To
             range_least: + 1.0 a - 2.0 b >= -1.0
             range_most: + 1.0 a - 2.0 b <= 4.0
             equal: + 1.0 c + 1.0 d = 5.0
             empty: 0 a <= 1.0
             least: + 0.1 e + 1.0 f >= 2.0
            Bounds
             b free
             1.0 <= c <= 7.0
             d >= 2.0
             -inf <= e <= 4.0
             f = 3.0
            Generals
             c
            Binaries
             a
            End

            """
        #expect(try LPFile.text(of: program) == expected)
    }

    @Test func `Lines stay short however long a row is`() throws {
        var program = LinearProgram()
        for column in 0..<500 { _ = program.add(.init(name: "x\(column)", objective: 1.0 / 3)) }
        program.add(.init(name: "all", terms: (0..<500).map { .init($0, 1 / 7) }, upper: 9))
        let lines = try LPFile.text(of: program).split(separator: "\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 100 })
        #expect(lines.count > 500)
    }

    @Test func `A program without columns or with a bad name is refused`() {
        #expect(throws: SolverError.self) { try LPFile.text(of: LinearProgram()) }
        var program = LinearProgram()
        _ = program.add(.init(name: "x y"))
        #expect(throws: SolverError.self) { try LPFile.text(of: program) }
    }
}
