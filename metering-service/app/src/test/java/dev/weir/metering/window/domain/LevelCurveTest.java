package dev.weir.metering.window.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.metering.window.domain.LevelCurve.Step;
import dev.weir.platform.testkit.Seeds;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelCurveTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = FROM.plusSeconds(3_600);

    private static LevelCurve curve(long start, Step... steps) {
        return new LevelCurve(FROM, TO, start, List.of(steps));
    }

    private static Step step(long seconds, long by) {
        return new Step(FROM.plusSeconds(seconds), by);
    }

    private static String weighted(LevelCurve curve, int scale) {
        return LevelCurve.weighted(curve.levelTime(), LevelCurve.micros(FROM, TO), scale, 12)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void theHighestLevelAndTheAverageOverTime() {
        LevelCurve curve = curve(0, step(600, 4), step(2_400, -2));
        assertThat(curve.maximum()).isEqualTo(4);
        assertThat(curve.last()).isEqualTo(2);
        assertThat(weighted(curve, 0)).isEqualTo("2.666666666667");
    }

    @Test
    void aLevelThatHoldsFromBeforeCountsFromTheBegin() {
        assertThat(weighted(curve(5), 0)).isEqualTo("5");
        assertThat(curve(3, step(-60, 4), step(0, -2)).maximum())
                .as("changed before it began")
                .isEqualTo(5);
        assertThat(curve(1, step(3_600, 9)).maximum())
                .as("the end is not in the span")
                .isEqualTo(1);
    }

    @Test
    void aLevelThatHeldForNoTimeIsNoMaximum() {
        assertThat(curve(1, step(60, 9), step(60, -9)).maximum()).isEqualTo(1);
    }

    @Test
    void decimalsOfTheFeatureAreKept() {
        assertThat(weighted(curve(1_500), 3)).isEqualTo("1.5");
    }

    @Test
    void splittingTheSpanChangesNothing() {
        Seeds.check(200, random -> {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < random.nextInt(12); i++) {
                steps.add(step(random.nextInt(4_000) - 200, random.nextInt(20) - 6));
            }
            Instant middle = FROM.plusSeconds(random.nextInt(3_600));
            LevelCurve whole = new LevelCurve(FROM, TO, 10, steps);
            LevelCurve first = new LevelCurve(FROM, middle, 10, steps);
            LevelCurve second = new LevelCurve(middle, TO, 10, steps);
            BigInteger sum = first.levelTime().add(second.levelTime());
            assertThat(whole.levelTime()).isEqualTo(sum);
            assertThat(whole.maximum()).isEqualTo(Math.max(first.maximum(), second.maximum()));
        });
    }
}
