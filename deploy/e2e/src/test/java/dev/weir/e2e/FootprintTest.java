package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The whole stack, warm, fits in 3 GiB. */
@Order(70)
class FootprintTest {
    private static final long MOST_KIB = 3L * 1024 * 1024;

    @Test
    void fitsInThreeGibibytes() {
        List<Stack.Part> parts = Stack.parts();

        long memory = 0;
        long resident = 0;
        for (Stack.Part part : parts) {
            assertThat(part.state()).as(part.name()).isEqualTo("ready");
            long rss = Stack.residentKib(part.pid());
            Stack.print("%-17s %5d MiB (resident %5d MiB)", part.name(), part.memoryKib() / 1024, rss / 1024);
            memory += part.memoryKib();
            resident += rss;
        }
        Stack.print("%-17s %5d MiB (resident %5d MiB)", "all", memory / 1024, resident / 1024);
        assertThat(memory).as("memory in KiB, shared pages counted once").isLessThanOrEqualTo(MOST_KIB);
    }
}
