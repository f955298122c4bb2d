/// A mixed-integer linear program, by columns and sparse rows: maximise the
/// objective subject to bounds of rows and columns.
public struct LinearProgram: Sendable, Hashable {
    /// An unknown.
    public struct Column: Sendable, Hashable {
        /// Letters, digits and `_`; unique.
        public var name: String
        public var lower: Double
        public var upper: Double
        /// Its factor in the objective, which is maximised.
        public var objective: Double
        public var isInteger: Bool

        public init(
            name: String, lower: Double = 0, upper: Double = .infinity, objective: Double = 0,
            isInteger: Bool = false
        ) {
            self.name = name
            self.lower = lower
            self.upper = upper
            self.objective = objective
            self.isInteger = isInteger
        }
    }

    /// A bounded sum of columns.
    public struct Row: Sendable, Hashable {
        public var name: String
        /// Column index and factor, each column at most once.
        public var terms: [Term]
        public var lower: Double
        public var upper: Double

        public init(
            name: String, terms: [Term], lower: Double = -.infinity, upper: Double = .infinity
        ) {
            self.name = name
            self.terms = terms
            self.lower = lower
            self.upper = upper
        }
    }

    /// A column times a factor.
    public struct Term: Sendable, Hashable {
        public var column: Int
        public var factor: Double

        public init(_ column: Int, _ factor: Double = 1) {
            self.column = column
            self.factor = factor
        }
    }

    public var columns: [Column] = []
    public var rows: [Row] = []

    /// A program without unknowns.
    public init() {}

    /// Adds a column; its index.
    public mutating func add(_ column: Column) -> Int {
        columns.append(column)
        return columns.count - 1
    }

    /// Adds a row.
    public mutating func add(_ row: Row) { rows.append(row) }
}
