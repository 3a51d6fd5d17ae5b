package dev.weir.metering.customer.domain;

import static dev.weir.metering.Fixtures.ANCHOR;
import static dev.weir.metering.Fixtures.BASE;
import static dev.weir.metering.Fixtures.PRO;
import static dev.weir.metering.Fixtures.phase;
import static dev.weir.metering.Fixtures.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotChangeTest {

    private static final Instant CHANGE = Instant.parse("2026-03-10T10:20:00Z");

    @Test
    void theFirstSnapshotChangesEverything() {
        assertThat(SnapshotChange.firstDifference(null, snapshot("acme", 1))).contains(Instant.EPOCH);
    }

    @Test
    void aPlanChangeCountsFromItsInstant() {
        var before = snapshot("acme", 1, phase(ANCHOR, null, BASE));

        var after = snapshot("acme", 2, phase(ANCHOR, CHANGE, BASE), phase(CHANGE, null, PRO));

        assertThat(SnapshotChange.firstDifference(before, after)).contains(CHANGE);
    }

    @Test
    void aNewVersionWithoutDifferenceChangesNothing() {
        var before = snapshot("acme", 1, phase(ANCHOR, null, BASE));

        var after = snapshot("acme", 2, phase(ANCHOR, null, BASE));

        assertThat(SnapshotChange.firstDifference(before, after)).isEmpty();
    }

    @Test
    void anotherPlanFromTheStartCountsFromTheStart() {
        var before = snapshot("acme", 1, phase(ANCHOR, null, BASE));

        var after = snapshot("acme", 2, phase(ANCHOR, null, PRO));

        assertThat(SnapshotChange.firstDifference(before, after)).contains(ANCHOR);
    }
}
