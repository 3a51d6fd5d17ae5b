package dev.weir.entitlement.subscription.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BillingPeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");
    private static final PlanPin PIN = new PlanPin("pro", 1, "p", 1);
    private static final PlanVersion PLAN = new PlanVersion(
            "pro",
            1,
            "p",
            "assistant",
            "Pro",
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(),
            null,
            null);

    @Test
    void isAMonthFromTheAnchorWithoutFees() {
        Subscription subscription = subscription(START, Phase.active(START, null, PIN, null, List.of()));

        assertThat(at(subscription, "2026-03-15T00:00:00Z"))
                .isEqualTo(span("2026-02-28T09:00:00Z", "2026-03-31T08:00:00Z"));
        assertThat(at(subscription, "2026-01-01T00:00:00Z"))
                .isEqualTo(span("2026-01-31T09:00:00Z", "2026-02-28T09:00:00Z"));
    }

    @Test
    void endsWithTheSubscriptionAndBeginsWithWhatIsPaid() {
        Instant end = Instant.parse("2026-02-10T00:00:00Z");
        Subscription subscription =
                subscription(Instant.parse("2026-01-01T00:00:00Z"), Phase.active(START, end, PIN, null, List.of()));

        assertThat(at(subscription, "2026-01-31T10:00:00Z"))
                .isEqualTo(span("2026-01-31T09:00:00Z", "2026-02-01T00:00:00Z"));
        assertThat(at(subscription, "2026-02-05T00:00:00Z"))
                .isEqualTo(span("2026-02-01T00:00:00Z", "2026-02-10T00:00:00Z"));
        assertThat(BillingPeriod.at(subscription, PLAN, BERLIN, end)).isEmpty();
    }

    @Test
    void aTrialIsAPeriodOfItsOwnHoweverItIsDivided() {
        Instant middle = Instant.parse("2026-02-03T00:00:00Z");
        Instant end = Instant.parse("2026-02-14T09:00:00Z");
        Subscription subscription = subscription(
                end,
                Phase.active(START, middle, PIN, PIN, List.of()),
                Phase.active(middle, end, PIN, PIN, List.of()),
                Phase.active(end, null, PIN, null, List.of()));

        assertThat(at(subscription, "2026-02-05T00:00:00Z")).isEqualTo(new Span(START, end));
        assertThat(at(subscription, "2026-02-20T00:00:00Z").from()).isEqualTo(end);
    }

    @Test
    void anchorsBeginInTheCalendar() {
        Instant start = Instant.parse("2026-11-24T22:30:00Z");
        ZoneId kathmandu = ZoneId.of("Asia/Kathmandu");

        assertThat(instant("MONTH", start, kathmandu)).isEqualTo("2026-10-31T18:15:00Z");
        assertThat(instant("WEEK", start, kathmandu)).isEqualTo("2026-11-22T18:15:00Z");
        assertThat(instant("DAY", start, kathmandu)).isEqualTo("2026-11-24T18:15:00Z");
        assertThat(instant("HOUR", start, kathmandu)).isEqualTo("2026-11-24T22:15:00Z");
        assertThat(instant("START", start, kathmandu)).isEqualTo(start);
        assertThat(instant("2026-01-01T00:00:00+01:00", start, kathmandu)).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(Anchor.read("NOON")).isEmpty();
    }

    private static Instant instant(String anchor, Instant start, ZoneId zone) {
        return Anchor.read(anchor).orElseThrow().instant(start, zone);
    }

    private static Span at(Subscription subscription, String instant) {
        return BillingPeriod.at(subscription, PLAN, BERLIN, Instant.parse(instant))
                .orElseThrow();
    }

    private static Subscription subscription(Instant anchor, Phase... phases) {
        return new Subscription(
                new UUID(0, 1), "acme", "assistant", null, anchor, PIN, START, new Timeline(List.of(phases)));
    }

    private static Span span(String from, String to) {
        return new Span(Instant.parse(from), Instant.parse(to));
    }
}
