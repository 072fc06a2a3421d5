package glimpse.engine.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class FirstCallsTest {
    private static final KernelPair PAIR = KernelPair.create();

    @Test
    void operandsFitTheKernels() {
        for (Kernels kernels :
                new Kernels[] {PAIR.vector(), PAIR.scalar(), new ScalarKernels(8), new ScalarKernels(64)}) {
            assertThatCode(() -> FirstCalls.run(kernels)).doesNotThrowAnyException();
        }
    }
}
