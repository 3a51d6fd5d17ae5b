package dev.weir.metering.window.domain;

import static dev.weir.metering.Fixtures.ANCHOR;
import static dev.weir.metering.Fixtures.BASE;
import static dev.weir.metering.Fixtures.BODIES;
import static dev.weir.metering.Fixtures.PRO;
import static dev.weir.metering.Fixtures.catalog;
import static dev.weir.metering.Fixtures.onPro;
import static dev.weir.metering.Fixtures.phase;
import static dev.weir.metering.Fixtures.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.event.domain.EventContent;
import dev.weir.metering.event.domain.Reversal;
import dev.weir.metering.event.domain.Settlement;
import dev.weir.metering.event.domain.UsageEvent;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageCountingTest {

    private static final Instant T = Instant.parse("2026-03-10T10:15:00Z");
    private static final Instant HOUR = Instant.parse("2026-03-10T10:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void aReportedCallCountsInItsHour() {
        tally.count(List.of(call(1, T)), none(), model(onPro("acme")));

        WindowTotals totals = totals("api-calls", HOUR);
        assertThat(totals.reported()).isEqualTo(1);
        assertThat(totals.eventCount()).isEqualTo(1);
    }

    @Test
    void reportedCreditIsRatedByTheTableInForce() {
        UsageEvent event = completion(1, T, "large", 1000, 200);

        Recount recount = tally.count(List.of(event), none(), model(onPro("acme")));

        assertThat(totals("chat", HOUR).reported()).isEqualTo(6_000_000);
        assertThat(recount.charged()).hasSize(1);
    }

    @Test
    void whatNoLineOfTheTableMatchesIsUnpriced() {
        Recount recount = tally.count(List.of(completion(1, T, "unknown", 1, 1)), none(), model(onPro("acme")));

        assertThat(totals("chat", HOUR)).isEqualTo(new WindowTotals(0, 0, 0, 1, T));
        assertThat(recount.charged()).isEmpty();
    }

    @Test
    void usageOfAnUnknownCustomerIsKeptUnpricedAndPricedLater() {
        UsageEvent event = call(1, T);
        tally.count(List.of(event), none(), model(null));
        assertThat(totals("api-calls", HOUR).unpriced()).isEqualTo(1);

        tally.count(List.of(event), none(), model(onPro("acme")));

        assertThat(totals("api-calls", HOUR)).isEqualTo(new WindowTotals(1, 0, 0, 1, T));
    }

    @Test
    void aSettledEventThatWasReportedIsTakenOutOfTheReportedTotal() {
        UsageEvent event = call(1, T);
        tally.count(List.of(event), none(), model(onPro("acme")));

        tally.count(
                List.of(event),
                any -> List.of(settlement(event, "api-calls", "METERED", 3, false)),
                model(onPro("acme")));

        UsageWindow window = window("api-calls", HOUR);
        assertThat(window.totals()).isEqualTo(new WindowTotals(0, 3, 0, 1, T));
        assertThat(window.reportedRevision()).isEqualTo(2);
    }

    @Test
    void aSettleOfAnEventAlreadyChargedCountsNothingMore() {
        UsageEvent event = completion(1, T, "large", 1000, 200);
        tally.count(List.of(event), none(), model(onPro("acme")));

        tally.count(
                List.of(event),
                any -> List.of(settlement(event, "chat", "CREDIT", 6_000_000, true)),
                model(onPro("acme")));

        assertThat(totals("chat", HOUR)).isEqualTo(new WindowTotals(6_000_000, 0, 0, 1, T));
    }

    @Test
    void whatWasTakenBackOfASettledUseCountsSoMuchLess() {
        UsageEvent event = enforced(call(1, T));
        tally.count(
                List.of(event),
                any -> List.of(settlement(event, "api-calls", "METERED", 5, false)),
                model(onPro("acme")));
        tally.reversed(new Reversal(new UUID(9, 1), event.identity(), "api-calls", new UUID(7, 1), 2, T));
        tally.reversed(new Reversal(new UUID(9, 2), event.identity(), "images", new UUID(7, 1), 2, T));

        tally.count(
                List.of(event),
                any -> List.of(settlement(event, "api-calls", "METERED", 5, false)),
                model(onPro("acme")));

        assertThat(totals("api-calls", HOUR)).isEqualTo(new WindowTotals(0, 3, 0, 1, T));
    }

    @Test
    void whatWasTakenBackOfReportedCreditIsNotChargedAgain() {
        UsageEvent event = completion(1, T, "large", 1000, 200);
        tally.count(List.of(event), none(), model(onPro("acme")));
        tally.reversed(
                new Reversal(new UUID(9, 1), event.identity(), "chat", CountedUsage.NO_RESERVATION, 6_000_000, T));

        Recount recount = tally.count(List.of(event), none(), model(onPro("acme")));

        assertThat(totals("chat", HOUR)).isEqualTo(new WindowTotals(0, 0, 0, 1, T));
        assertThat(recount.charged()).isEmpty();
    }

    @Test
    void enforcedUsageIsNeverRatedAgain() {
        UsageEvent event = enforced(completion(1, T, "large", 1000, 200));

        tally.count(
                List.of(event), any -> List.of(settlement(event, "images", "METERED", 2, false)), model(onPro("acme")));

        assertThat(tally.totals()).hasSize(1);
        assertThat(totals("images", HOUR).enforced()).isEqualTo(2);
    }

    @Test
    void aPlanChangeCutsTheHourOfUsageAlreadyCounted() {
        Instant change = Instant.parse("2026-03-10T10:20:00Z");
        List<UsageEvent> events = List.of(call(1, T), call(2, change), call(3, change.plusSeconds(60)));
        tally.count(events, none(), model(onPro("acme")));
        assertThat(totals("api-calls", HOUR).reported()).isEqualTo(3);

        tally.count(events, none(), model(snapshot("acme", 2, phase(ANCHOR, change, PRO), phase(change, null, BASE))));

        assertThat(totals("api-calls", HOUR).reported()).isEqualTo(1);
        assertThat(totals("api-calls", change).reported()).isEqualTo(2);
        assertThat(window("api-calls", HOUR).frame().end()).isEqualTo(change);
    }

    @Test
    void aChargeThatWasSentStaysInTheWindowItWasToldFor() {
        Instant change = Instant.parse("2026-03-10T10:10:00Z");
        UsageEvent event = completion(1, T, "large", 1000, 200);
        tally.count(List.of(event), none(), model(onPro("acme")));

        tally.count(
                List.of(event),
                none(),
                model(snapshot("acme", 2, phase(ANCHOR, change, BASE), phase(change, null, PRO))));

        assertThat(totals("chat", HOUR).reported()).isEqualTo(6_000_000);
        assertThat(tally.totals()).hasSize(1);
    }

    @Test
    void lateUsageOfALevelRevisesLaterHours() {
        tally.count(List.of(seats(1, T.plusSeconds(7_200), 4)), none(), model(onPro("acme")));

        tally.count(List.of(seats(2, T, 3)), none(), model(onPro("acme")));

        assertThat(totals("seats", HOUR).reported()).isEqualTo(3);
        assertThat(totals("seats", HOUR.plusSeconds(7_200)).reported()).isEqualTo(1);
    }

    @Test
    void anyOrderBatchingAndRepetitionGivesTheSameTotals() {
        Seeds.check(150, random -> {
            List<UsageEvent> events = randomEvents(random);
            Map<Long, Settlement> settled = new HashMap<>();
            events.stream()
                    .filter(event -> random.nextInt(4) == 0)
                    .forEach(event -> settled.put(event.seq(), settlement(event, "api-calls", "METERED", 2, false)));
            Instant change = ANCHOR.plusSeconds(5 * 86_400L + random.nextInt(20_000));
            CustomerModel last = model(snapshot("acme", 2, phase(ANCHOR, change, PRO), phase(change, null, BASE)));
            Tally straight = new Tally();
            straight.count(events, event -> settlements(settled, event), last);

            Tally disordered = new Tally();
            List<UsageEvent> mixed = new ArrayList<>(events);
            mixed.addAll(events);
            Collections.shuffle(mixed, random);
            for (int at = 0; at < mixed.size(); ) {
                int until = Math.min(mixed.size(), at + 1 + random.nextInt(7));
                boolean early = random.nextBoolean();
                disordered.count(
                        mixed.subList(at, until),
                        event -> early ? List.of() : settlements(settled, event),
                        early ? model(random.nextBoolean() ? null : onPro("acme")) : last);
                at = until;
            }
            disordered.count(events, event -> settlements(settled, event), last);

            assertThat(withoutSentCharges(disordered)).isEqualTo(withoutSentCharges(straight));
            assertThat(disordered
                            .count(events, event -> settlements(settled, event), last)
                            .changed())
                    .isEmpty();
        });
    }

    /** Charges stay where they were first told, so their split over windows may differ; latest times are never taken back. */
    private static Map<UUID, List<Long>> withoutSentCharges(Tally tally) {
        Map<UUID, List<Long>> totals = new HashMap<>();
        tally.totals().forEach((id, value) -> {
            UsageWindow window = Objects.requireNonNull(tally.windows().get(id));
            if (!window.frame().feature().equals("chat")) {
                totals.put(id, List.of(value.reported(), value.enforced(), value.unpriced(), value.eventCount()));
            }
        });
        return totals;
    }

    private static List<UsageEvent> randomEvents(Random random) {
        List<UsageEvent> events = new ArrayList<>();
        int count = 1 + random.nextInt(25);
        for (int i = 0; i < count; i++) {
            Instant at = ANCHOR.plusSeconds(5 * 86_400L + random.nextInt(20_000));
            events.add(
                    switch (random.nextInt(5)) {
                        case 0 -> call(i, at);
                        case 1 -> completion(i, at, random.nextBoolean() ? "large" : "none", random.nextInt(100), 5);
                        case 2 -> seats(i, at, random.nextInt(9));
                        case 3 -> event(i, "user.seen", at, data().put("userId", "u" + random.nextInt(4)), true);
                        default -> event(i, "storage.seen", at, data().put("gb", random.nextInt(500)), true);
                    });
        }
        return events;
    }

    private static List<Settlement> settlements(Map<Long, Settlement> settled, UsageEvent event) {
        Settlement settlement = settled.get(event.seq());
        return settlement == null ? List.of() : List.of(settlement);
    }

    private WindowTotals totals(String feature, Instant start) {
        return window(feature, start).totals();
    }

    private UsageWindow window(String feature, Instant start) {
        return Objects.requireNonNull(tally.windows().get(WindowId.of("acme", feature, null, start)));
    }

    private static java.util.function.Function<UsageEvent, List<Settlement>> none() {
        return event -> List.of();
    }

    private static CustomerModel model(@Nullable CustomerSnapshot snapshot) {
        return new CustomerModel("acme", snapshot, catalog(1), BODIES);
    }

    private static UsageEvent call(long seq, Instant at) {
        return event(seq, "api.request", at, data(), true);
    }

    private static UsageEvent seats(long seq, Instant at, int seats) {
        return event(seq, "seats.set", at, data().put("seats", seats), true);
    }

    private static UsageEvent completion(long seq, Instant at, String model, int input, int output) {
        return event(
                seq,
                "llm.completion",
                at,
                data().put("model", model).put("inputTokens", input).put("outputTokens", output),
                true);
    }

    private static UsageEvent enforced(UsageEvent event) {
        return event(event.seq(), Objects.requireNonNull(event.type()), event.time(), event.data(), false);
    }

    private static UsageEvent event(long seq, String type, Instant at, ObjectNode data, boolean reported) {
        UUID identity = EventContent.identity("/app", Long.toString(seq));
        return new UsageEvent(seq, at, identity, "acme", "/app", Long.toString(seq), type, null, at, data, reported);
    }

    private static ObjectNode data() {
        return Json.mapper().createObjectNode();
    }

    private static Settlement settlement(
            UsageEvent event, String feature, String type, long quantity, boolean charged) {
        Instant hour = event.time().truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        return new Settlement(
                new UUID(7, event.seq()),
                feature,
                type,
                "acme",
                null,
                quantity,
                0,
                event.time(),
                false,
                null,
                "pro",
                1,
                PRO.hash(),
                null,
                null,
                hour,
                hour.plusSeconds(3_600),
                charged);
    }
}
