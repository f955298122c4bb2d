import Diagnostics
import State
import Testing

@Suite struct StateErrorTests {
    @Test func `Faults of the database are faults of reading and writing`() {
        #expect(StateFailureKind.damaged.exit == .inputOutput)
    }
}
