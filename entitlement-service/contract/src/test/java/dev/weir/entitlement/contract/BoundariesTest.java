package dev.weir.entitlement.contract;

import static dev.weir.entitlement.contract.World.START;
import static dev.weir.entitlement.contract.World.limit;
import static dev.weir.entitlement.contract.World.phase;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundariesTest {
    private final World world = new World();

    @Test
    void aWindowIsTheHour() {
        world.subscribe(world.plan("pro", limit("api-calls", "10", "P1M")));

        Span window = window(Instant.parse("2026-01-12T10:17:00Z"));

        assertThat(window).isEqualTo(span("2026-01-12T10:00:00Z", "2026-01-12T11:00:00Z"));
    }

    @Test
    void aWindowIsCutWhereTheSubscriptionBeginsAndChanges() {
        String base = world.plan("base", limit("api-calls", "10", "P1M"));
        String pro = world.plan("pro", limit("api-calls", "20", "P1M"));
        Instant begin = Instant.parse("2026-01-12T10:20:00Z");
        Instant change = Instant.parse("2026-01-12T10:40:00Z");
        world.subscribe(1, "assistant", phase(begin, change, base), phase(change, null, pro));

        assertThat(window(Instant.parse("2026-01-12T10:10:00Z")))
                .isEqualTo(span("2026-01-12T10:00:00Z", "2026-01-12T10:20:00Z"));
        assertThat(window(begin)).isEqualTo(span("2026-01-12T10:20:00Z", "2026-01-12T10:40:00Z"));
        assertThat(window(change)).isEqualTo(span("2026-01-12T10:40:00Z", "2026-01-12T11:00:00Z"));
    }

    @Test
    void aWindowIsCutAtThePeriodsEndInTheCustomersZone() {
        world.timeZone = "Asia/Kathmandu";
        Instant anchor = Instant.parse("2026-01-09T18:15:00Z");
        world.subscribe(1, "assistant", phase(anchor, null, world.plan("pro", limit("api-calls", "10", "P1D"))));

        assertThat(window(Instant.parse("2026-03-01T18:14:59Z")))
                .isEqualTo(span("2026-03-01T18:00:00Z", "2026-03-01T18:15:00Z"));
        assertThat(window(Instant.parse("2026-03-01T18:15:00Z")))
                .isEqualTo(span("2026-03-01T18:15:00Z", "2026-03-01T19:00:00Z"));
    }

    @Test
    void aPlanThatDoesNotNameTheFeatureDoesNotCut() {
        world.subscribe(world.plan("pro", limit("api-calls", "10", "P1M")));
        Instant begin = Instant.parse("2026-01-12T10:20:00Z");
        world.subscribe(2, "other", phase(begin, null, world.plan("other", World.gives("sso"))));

        assertThat(window(begin)).isEqualTo(span("2026-01-12T10:00:00Z", "2026-01-12T11:00:00Z"));
    }

    @Test
    void everyInstantOfAWindowHasTheSameWindow() {
        long seed = 77L;
        Random random = new Random(seed);
        String base = world.plan("base", limit("api-calls", "10", "P1D"));
        String pro = world.plan("pro", limit("api-calls", "20", "PT7H"));
        Instant at = START;
        SubscriptionPhase[] phases = new SubscriptionPhase[8];
        for (int i = 0; i < phases.length; i++) {
            Instant to = at.plusSeconds(600 + random.nextInt(20_000));
            phases[i] = phase(at, to, i % 2 == 0 ? base : pro);
            at = to;
        }
        world.subscribe(1, "assistant", phases);
        world.allow(
                AllowancePart.Kind.PROMOTION,
                3,
                limit("api-calls", "500", "P1D"),
                START.plusSeconds(7000),
                START.plusSeconds(29_000));

        Instant here = START.minus(1, ChronoUnit.HOURS);
        while (here.isBefore(at)) {
            Span window = window(here);
            assertThat(window.contains(here)).as("seed %d", seed).isTrue();
            assertThat(window(window.from())).as("seed %d at %s", seed, here).isEqualTo(window);
            Instant end = java.util.Objects.requireNonNull(window.to());
            assertThat(window(end.minusNanos(1)))
                    .as("seed %d at %s", seed, here)
                    .isEqualTo(window);
            here = end;
        }
    }

    private Span window(Instant at) {
        return Resolution.window(world.snapshot(), world, "api-calls", null, at);
    }

    private static Span span(String from, String to) {
        return new Span(Instant.parse(from), Instant.parse(to));
    }
}
