package dev.weir.metering.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.entitlement.contract.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-04-15T00:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theDayOfTheClockChangeHas23Hours() {
        Span day = buckets(Granularity.DAY).of(Instant.parse("2026-03-29T10:00:00Z"));

        assertThat(Duration.between(day.from(), Objects.requireNonNull(day.to())))
                .isEqualTo(Duration.ofHours(23));
        assertThat(day.from()).isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
    }

    @Test
    void monthsAreThoseOfTheZoneAndCutToTheRange() {
        Span month = buckets(Granularity.MONTH).of(Instant.parse("2026-03-31T22:30:00Z"));

        assertThat(month).isEqualTo(new Span(Instant.parse("2026-03-31T22:00:00Z"), TO));
    }

    private static Buckets buckets(Granularity granularity) {
        return new Buckets(FROM, TO, granularity, BERLIN, at -> null);
    }
}
