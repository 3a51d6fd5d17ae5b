package dev.weir.ledger.window.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.contract.WindowException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageWindowTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:20:00Z");

    @Test
    void closesWhenBothRoadsAgree() {
        // Given
        UsageWindow window = window(120, 30, word(1, 120, 30), published(false, 0, null));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isInstanceOf(Verdict.Close.class);
    }

    @Test
    void doesNothingWhenThatRevisionIsClosedAlready() {
        // Given
        UsageWindow window = window(120, 30, word(1, 120, 30), published(true, 1, null));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isInstanceOf(Verdict.Nothing.class);
    }

    @Test
    void closesAgainWhenMeteringRevisesWithoutChange() {
        // Given
        UsageWindow window = window(120, 30, word(2, 120, 30), published(true, 1, null));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isInstanceOf(Verdict.Close.class);
    }

    @Test
    void waitsForMeteringBeforeItComplains() {
        // Given
        UsageWindow window = window(120, 30, word(1, 119, 30), published(false, 0, NOW.plusSeconds(1)));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isInstanceOf(Verdict.Nothing.class);
    }

    @Test
    void complainsOfALostSettledFactOnceTheGraceIsOver() {
        // Given
        UsageWindow window = window(120, 30, word(1, 119, 30), published(false, 0, NOW));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isEqualTo(new Verdict.Raise(WindowException.Reason.ENFORCED_DIFFERS));
    }

    @Test
    void namesTheRoadOnWhichTheyDiffer() {
        // Given
        UsageWindow window = window(120, 30, word(1, 120, 31), published(false, 0, NOW));
        // When
        Verdict verdict = window.verdict(NOW);
        // Then
        assertThat(verdict).isEqualTo(new Verdict.Raise(WindowException.Reason.REPORTED_DIFFERS));
    }

    @Test
    void complainsOfAWindowThatOnlyOneSideHas() {
        // Given
        UsageWindow onlyLedger = window(120, 0, word(0, 0, 0), published(false, 0, NOW));
        UsageWindow onlyMetering = window(0, 0, word(1, 5, 0), published(false, 0, NOW));
        // When
        List<Verdict> verdicts = List.of(onlyLedger.verdict(NOW), onlyMetering.verdict(NOW));
        // Then
        assertThat(verdicts)
                .containsExactly(
                        new Verdict.Raise(WindowException.Reason.ONLY_LEDGER),
                        new Verdict.Raise(WindowException.Reason.ONLY_METERING));
    }

    @Test
    void isSilentWhileBookingsAreAheadOfMeteringsLastWord() {
        // Given: a booking clears the clock; metering's next revision will set it again
        UsageWindow window = window(121, 30, word(1, 120, 30), published(false, 1, null));
        // When
        Verdict verdict = window.verdict(NOW.plusSeconds(86_400));
        // Then
        assertThat(verdict).isInstanceOf(Verdict.Nothing.class);
    }

    @Test
    void publishesTotalsThatSumExactly() {
        // Given
        UsageWindow window = window(120, 30, word(3, 120, 30), published(false, 1, null));
        // When
        WindowClosed closing = window.closing(2);
        // Then
        assertThat(closing.metered()).isEqualTo(150);
        assertThat(closing.included() + closing.overage()).isEqualTo(150);
        assertThat(closing.meteringRevision()).isEqualTo(3);
    }

    @Test
    void refusesPartsThatDoNotSum() {
        // Given / When / Then
        assertThatThrownBy(() -> new UsageWindow.Booked(10, 0, 9, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static UsageWindow window(
            long enforced, long reported, UsageWindow.MeteringWord word, UsageWindow.Published published) {
        long total = enforced + reported;
        long overage = total / 3;
        return new UsageWindow(
                new UsageWindow.Identity(
                        new UUID(0, 1),
                        "acme",
                        "acme",
                        "api-calls",
                        "METERED",
                        null,
                        Instant.parse("2026-11-24T10:00:00Z"),
                        Instant.parse("2026-11-24T11:00:00Z"),
                        0,
                        null,
                        "pro",
                        1,
                        "hash",
                        null,
                        null),
                new UsageWindow.Booked(enforced, reported, total - overage, 0, overage, 0, 0, 0),
                word,
                published,
                List.of());
    }

    private static UsageWindow.MeteringWord word(long revision, long enforced, long reported) {
        return new UsageWindow.MeteringWord(revision, enforced, reported);
    }

    private static UsageWindow.Published published(
            boolean closed, long meteringRevision, @Nullable Instant checkAfter) {
        return new UsageWindow.Published(closed, 1, meteringRevision, checkAfter, 0, false, null, null);
    }
}
