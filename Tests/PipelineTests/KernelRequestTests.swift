import Diagnostics
import Drought
import InstructionSets
import Testing

@testable import Pipeline

@Suite struct KernelRequestTests {
    @Test func `Every form that the processor runs may be asked for`() throws {
        #expect(Kernels.available.first?.form == .baseline)
        for kernels in Kernels.available { try KernelRequest.check(kernels.form.rawValue) }
    }

    @Test func `A name that is no form is refused with the forms there are`() {
        let error = #expect(throws: PipelineError.self) { try KernelRequest.check("sse9") }
        #expect(error?.kind == .noSuchKernels)
        #expect(error?.exit == .usage)
        #expect(error.map { "\($0)".contains("baseline") } == true)
    }

    @Test func `A form that the processor lacks is refused`() {
        for form in Kernels.Form.allCases where Kernels.named(form.rawValue) == nil {
            let error = #expect(throws: PipelineError.self) {
                try KernelRequest.check(form.rawValue)
            }
            #expect(error.map { "\($0)".contains("lacks the instructions") } == true)
        }
    }
}
