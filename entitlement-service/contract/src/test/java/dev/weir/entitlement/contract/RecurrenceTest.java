package dev.weir.entitlement.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheAnchorVectors() throws IOException {
        return cases("period_anchor.json")
                // not_before is a floor that callers put on a result; our floor is the phase, and not a period's
                // business.
                .filter(vector -> !vector.has("not_before"))
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> {
                    Recurrence recurrence = new Recurrence(
                            instant(vector.get("anchor")),
                            vector.get("interval").asText(),
                            ZoneOffset.UTC);

                    Recurrence.Numbered period = recurrence.at(instant(vector.get("now")));

                    assertThat(period.to()).isEqualTo(instant(vector.at("/expected/period_end")));
                    if (vector.at("/expected").has("period_start")) {
                        assertThat(period.from()).isEqualTo(instant(vector.at("/expected/period_start")));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> bucketsUsageByLocalMonthAcrossDaylightSaving() throws IOException {
        return cases("dst_killbill.json")
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> {
                    ZoneId zone = ZoneId.of(vector.get("zone").asText());
                    Instant anchor = LocalDateTime.parse(
                                    vector.get("subscription_start").asText() + "T00:00")
                            .atZone(zone)
                            .toInstant();
                    Recurrence monthly = new Recurrence(anchor, "P1M", zone);
                    Map<String, Integer> counted = new TreeMap<>();

                    for (JsonNode local : vector.get("usage_local")) {
                        Instant used =
                                LocalDateTime.parse(local.asText()).atZone(zone).toInstant();
                        String month =
                                monthly.at(used).from().atZone(zone).toString().substring(0, 7);
                        counted.merge(month, 1, Integer::sum);
                    }

                    for (Map.Entry<String, JsonNode> expected :
                            vector.get("expected_quantity_by_local_month").properties()) {
                        assertThat(counted)
                                .containsEntry(
                                        expected.getKey(), expected.getValue().asInt());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> tilesWithoutGapOrOverlap() {
        long seed = 20261124L;
        return Stream.of(
                        "America/New_York",
                        "Europe/Berlin",
                        "Australia/Lord_Howe",
                        "Asia/Kathmandu",
                        "America/Sao_Paulo",
                        "Africa/Casablanca")
                .flatMap(zone -> Stream.of("P1M", "P1D", "P1W", "P3M", "P1Y", "PT1H", "P1M10D")
                        .map(every -> DynamicTest.dynamicTest(zone + " " + every + " seed " + seed, () -> {
                            Random random = new Random(seed);
                            for (int i = 0; i < 40; i++) {
                                tiles(zone, every, random);
                            }
                        })));
    }

    private static void tiles(String zone, String every, Random random) {
        // From 2015 on: days that a zone skipped whole lie before.
        Instant anchor = Instant.ofEpochSecond(1_420_070_400L + random.nextInt(400_000_000));
        Recurrence recurrence = new Recurrence(anchor, every, ZoneId.of(zone));
        assertThat(recurrence.number(0).from()).isEqualTo(anchor);
        Instant instant = Instant.ofEpochSecond(1_420_070_400L + random.nextInt(500_000_000));
        Recurrence.Numbered period = recurrence.at(instant);
        assertThat(period.span().contains(instant)).isTrue();
        for (long n = period.index() - 14; n < period.index() + 14; n++) {
            Recurrence.Numbered here = recurrence.number(n);
            assertThat(here.from()).isBefore(here.to());
            assertThat(here.to()).isEqualTo(recurrence.number(n + 1).from());
            assertThat(recurrence.at(here.from()).index()).isEqualTo(n);
            assertThat(recurrence.at(here.to().minusNanos(1)).index()).isEqualTo(n);
        }
    }

    @Test
    void keepsTheAnchorsOwnHourWhereItOccursTwice() {
        Instant second = Instant.parse("2026-10-25T01:30:00Z");

        Recurrence recurrence = new Recurrence(second, "P1M", ZoneId.of("Europe/Berlin"));

        assertThat(recurrence.number(0).from()).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "P0M", "P-1M", "PT0S", "PT0.5S", "P1M-1D", "monthly", "P1000Y", "PT1.5H0.1S"})
    void refusesWhatIsNoPeriod(String every) {
        assertThatThrownBy(() -> new Recurrence(World.START, every, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesByMeanMonthAndDay() {
        assertThat(Recurrence.seconds("P1Y")).isEqualTo(12 * 2_629_746L);
        assertThat(Recurrence.seconds("P1W")).isEqualTo(604_800L);
        assertThat(Recurrence.seconds("PT90M")).isEqualTo(5_400L);
    }

    private static Stream<JsonNode> cases(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RecurrenceTest.class.getResourceAsStream("/vectors/" + file), file)) {
            return StreamSupport.stream(
                    Json.lenientMapper().readTree(in).get("cases").spliterator(), false);
        }
    }

    private static Instant instant(JsonNode node) {
        return Instant.parse(node.asText());
    }
}
