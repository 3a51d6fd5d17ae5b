package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spoiled on purpose, the run ends with exactly that difference. Last, since the difference stays in the report. */
@Order(90)
class InjectedFaultTest {
    @ParameterizedTest
    @ValueSource(strings = {"double-send", "lost-event"})
    void reportsExactlyTheInjectedFault(String fault) {
        DemoRun run = DemoRun.run("--inject", fault);

        Stack.print("%s: %s", fault, run.verdict());
        assertThat(run.exitStatus()).as(run.output()).isZero();
        assertThat(run.verdict()).contains("exactly the injected fault was found");
    }
}
