package dev.weir.billing.reconciliation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.billing.account.domain.MeterName;
import dev.weir.billing.usage.domain.MeteredHour;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.contract.WindowId;
import dev.weir.platform.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThreeWayMatchTest {
    private static final Instant HOUR = Instant.parse("2026-11-24T10:00:00Z");
    private static final String METER = MeterName.of("starter", 1, "overage");

    @Test
    void agreesWhenAllThreeSay7() {
        // Given
        ThreeWayMatch.Sides sides = sides(507, 507, 7, 7L, MeteredHour.State.CONFIRMED);
        // When
        ReconciliationRow row = onlyRow(sides);
        // Then
        assertThat(row.status()).isEqualTo(RowStatus.MATCHED);
        assertThat(row.billed()).isEqualTo(7);
    }

    @Test
    void waitsForTheProvider() {
        // Given
        ThreeWayMatch.Sides sides = sides(507, 507, 7, 0L, MeteredHour.State.OPEN);
        // When
        ReconciliationRow row = onlyRow(sides);
        // Then
        assertThat(row.status()).isEqualTo(RowStatus.PENDING);
        assertThat(row.billedMore()).isZero();
    }

    @Test
    void waitsForTheLedgersWordOnMeteringsLatestRevision() {
        // Given
        List<dev.weir.metering.contract.WindowClosed> metering = List.of(metering(null, 0, 508, 2));
        ThreeWayMatch.Sides sides = new ThreeWayMatch.Sides(
                metering,
                List.of(ledger(null, 0, 507, 7, 1)),
                List.of(),
                List.of(hour(7, 7L, MeteredHour.State.CONFIRMED)));
        // When
        ReconciliationRow row = onlyRow(sides);
        // Then
        assertThat(row.status()).isEqualTo(RowStatus.PENDING);
        assertThat(row.reason()).isEqualTo("AWAITING_LEDGER");
    }

    @Test
    void everyInjectedErrorIsFoundAndNothingElse() {
        Seeds.check(300, random -> {
            // Given: windows that agree, one of them spoilt on one side
            List<dev.weir.metering.contract.WindowClosed> metering = new ArrayList<>();
            List<WindowClosed> ledger = new ArrayList<>();
            List<MeteredHour> provider = new ArrayList<>();
            int count = 2 + random.nextInt(20);
            int spoilt = random.nextInt(count);
            boolean atProvider = random.nextBoolean();
            long error = 1 + random.nextInt(50);
            for (int i = 0; i < count; i++) {
                String customer = "c" + i;
                long overage = 1 + random.nextInt(100);
                long total = overage + random.nextInt(500);
                metering.add(metering(customer, i, i == spoilt && !atProvider ? total - error : total, 1));
                ledger.add(ledger(customer, i, total, overage, 1));
                long counted = i == spoilt && atProvider ? overage + error : overage;
                provider.add(new MeteredHour(
                        customer,
                        METER,
                        HOUR,
                        "api-calls",
                        "overage",
                        0,
                        overage,
                        counted,
                        counted == overage ? MeteredHour.State.CONFIRMED : MeteredHour.State.DIFFERS,
                        1));
            }
            Collections.shuffle(metering, random);
            Collections.shuffle(ledger, random);
            // When
            List<ReconciliationRow> rows = ThreeWayMatch.rows(
                    new ThreeWayMatch.Sides(metering, ledger, List.of(), provider),
                    hash -> Optional.of(plan()),
                    (customer, subscription) -> customer);
            // Then
            List<ReconciliationRow> exceptions = rows.stream()
                    .filter(row -> row.status() == RowStatus.EXCEPTION)
                    .toList();
            assertThat(exceptions).hasSize(1);
            assertThat(exceptions.getFirst().customer()).isEqualTo("c" + spoilt);
            assertThat(exceptions.getFirst().meteringLess()).isEqualTo(atProvider ? 0 : error);
            assertThat(exceptions.getFirst().billedMore()).isEqualTo(atProvider ? error : 0);
            assertThat(rows).allMatch(ReconciliationRow::identityHolds);
        });
    }

    private static ReconciliationRow onlyRow(ThreeWayMatch.Sides sides) {
        List<ReconciliationRow> rows =
                ThreeWayMatch.rows(sides, hash -> Optional.of(plan()), (customer, subscription) -> customer);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static ThreeWayMatch.Sides sides(
            long metered, long booked, long overage, @Nullable Long counted, MeteredHour.State state) {
        return new ThreeWayMatch.Sides(
                List.of(metering(null, 0, metered, 1)),
                List.of(ledger(null, 0, booked, overage, 1)),
                List.of(),
                List.of(hour(overage, counted, state)));
    }

    private static MeteredHour hour(long expected, @Nullable Long counted, MeteredHour.State state) {
        return new MeteredHour("c0", METER, HOUR, "api-calls", "overage", 0, expected, counted, state, 1);
    }

    private static dev.weir.metering.contract.WindowClosed metering(
            @Nullable String customer, int n, long total, long revision) {
        String who = customer == null ? "c" + n : customer;
        return new dev.weir.metering.contract.WindowClosed(
                window(who),
                who,
                who,
                "api-calls",
                "METERED",
                null,
                HOUR,
                HOUR.plusSeconds(3600),
                revision,
                0,
                total,
                1,
                0,
                0,
                total,
                "",
                false,
                null,
                "starter",
                1,
                "hash",
                null,
                null);
    }

    private static WindowClosed ledger(
            @Nullable String customer, int n, long total, long overage, long meteringRevision) {
        String who = customer == null ? "c" + n : customer;
        return new WindowClosed(
                window(who),
                who,
                who,
                "api-calls",
                "METERED",
                null,
                HOUR,
                HOUR.plusSeconds(3600),
                1,
                meteringRevision,
                0,
                null,
                "starter",
                1,
                "hash",
                null,
                null,
                total,
                total - overage,
                0,
                List.of(),
                overage,
                0,
                0,
                0);
    }

    private static UUID window(String customer) {
        return WindowId.of(customer, "api-calls", null, HOUR);
    }

    private static PlanVersion plan() {
        Price price = new Price(
                PriceModel.PER_UNIT,
                "USD",
                null,
                new BigDecimal("0.01"),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new PlanVersion(
                "starter",
                1,
                "hash",
                "assistant",
                "Starter",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(new Charge("overage", "api-calls", AppliesTo.OVERAGE, price, null, Billed.IN_ARREARS)),
                null,
                null);
    }
}
