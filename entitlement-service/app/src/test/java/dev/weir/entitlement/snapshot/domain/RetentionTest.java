package dev.weir.entitlement.snapshot.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void dropsWhatEndedLongAgo() {
        assertThat(trim(phase(400, 300, "monthly"))).isEmpty();
        assertThat(trim(phase(400, 30, "monthly"))).hasSize(1);
    }

    @Test
    void keepsWhatTouchesAnOpenPeriod() {
        // The year's period is open for 200 days, the month's for less than 35.
        assertThat(trim(phase(900, 600, "yearly"), phase(590, 150, "yearly"), phase(140, null, "yearly")))
                .hasSize(2);
        assertThat(trim(phase(900, 600, "monthly"), phase(590, 150, "monthly"), phase(140, null, "monthly")))
                .hasSize(1);
    }

    @Test
    void keepsARunOfPhasesWholeForItsGrants() {
        assertThat(trim(phase(900, 600, "monthly"), phase(590, 150, "monthly"), phase(150, null, "monthly")))
                .hasSize(2);
    }

    @Test
    void keepsTheBeginningOfTheCountAndWhatLiesBefore() {
        SubscriptionPhase reset =
                new SubscriptionPhase(day(300), day(200), "monthly", null, List.of(), UsageOnChange.RESET);

        List<SubscriptionPhase> kept =
                trim(phase(500, 400, "monthly"), phase(390, 310, "monthly"), reset, phase(190, null, "monthly"));

        assertThat(kept).hasSize(3);
    }

    @Test
    void keepsWhatIsStillToCome() {
        assertThat(trim(phase(-5, null, "monthly"))).hasSize(1);
    }

    private static List<SubscriptionPhase> trim(SubscriptionPhase... phases) {
        SubscriptionPart part = new SubscriptionPart(new UUID(0, 1), "assistant", null, day(565), List.of(phases));
        return Retention.trim(part, new Plans(), ZoneOffset.UTC, NOW)
                .map(SubscriptionPart::phases)
                .orElse(List.of());
    }

    private static SubscriptionPhase phase(int from, @Nullable Integer to, String plan) {
        return new SubscriptionPhase(day(from), to == null ? null : day(to), plan, null, List.of(), UsageOnChange.KEEP);
    }

    private static Instant day(int ago) {
        return NOW.minus(ago, ChronoUnit.DAYS);
    }

    private record Plans() implements Bodies {
        @Override
        public PlanVersion plan(String hash) {
            Entitlement calls = new Entitlement(
                    "api-calls",
                    BigDecimal.TEN,
                    hash.equals("yearly") ? "P1Y" : "P1M",
                    null,
                    null,
                    null,
                    null,
                    null,
                    UsageOnChange.KEEP,
                    List.of());
            return new PlanVersion(
                    hash,
                    1,
                    hash,
                    "assistant",
                    hash,
                    List.of(new PlanLayer(hash, 1, Map.of("api-calls", calls))),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    null,
                    null);
        }

        @Override
        public AddonVersion addon(String hash) {
            throw new IllegalStateException(hash);
        }
    }
}
