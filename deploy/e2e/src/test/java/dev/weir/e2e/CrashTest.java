package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kill -9 in the middle of a replay, and start again: the replay, which retries, loses nothing and counts nothing twice. */
@Order(80)
class CrashTest {
    private static final int FIRST_AT_PERCENT = 15;
    private static final int STEP_PERCENT = 25;

    /** Which parts die in one replay, one after the other. */
    static Stream<List<String>> victims() {
        return Settings.FULL
                ? Stream.of(
                        List.of("ledger", "metering", "billing-bridge"),
                        List.of("gateway", "catalog", "entitlement"),
                        List.of("stripe-simulator", "broker", "postgres"))
                : Stream.of(List.of("ledger", "metering", "billing-bridge"));
    }

    @ParameterizedTest
    @MethodSource("victims")
    void endsWithoutADifferenceAfterKills(List<String> victims) {
        Report before = Report.now();
        // Paced, so that the replay lasts longer than the restarts.
        try (DemoRun run = DemoRun.start("--speed", "8")) {
            int percent = FIRST_AT_PERCENT;
            for (String victim : victims) {
                if (Stack.has(victim)) {
                    run.awaitPercent(percent);
                    assertThat(run.isAlive()).as(run.output()).isTrue();
                    Stack.kill(victim);
                    Stack.restart(victim);
                }
                percent += STEP_PERCENT;
            }
            assertThat(run.exitStatus()).as(run.output()).isZero();
            Stack.print("%s", run.verdict());
        }
        Report.now().addsNoDifferenceTo(before);
    }
}
