package dev.weir.metering.window.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A level over the span [from, to): a staircase that begins at a level and changes by steps. Pure and exact: time in
 * microseconds, levels in atoms, no division before the end.
 */
public final class LevelCurve {
    private final Instant from;
    private final Instant to;
    private final long start;
    private final List<Step> steps;

    /** From then on the level is so much more (or less). */
    public record Step(Instant at, long by) {}

    /**
     * A curve.
     *
     * @param start the level before every step
     * @param steps in any order; those before the span move the level at its begin, those after it do not count
     */
    public LevelCurve(Instant from, Instant to, long start, List<Step> steps) {
        this.from = from;
        this.to = to;
        this.start = start;
        this.steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /** The highest level that held for any time; never below 0. */
    public long maximum() {
        long[] highest = {0};
        walk((level, micros) -> highest[0] = Math.max(highest[0], level));
        return highest[0];
    }

    /** The level at the end of the span. */
    public long last() {
        long[] last = {Math.max(0, start)};
        walk((level, micros) -> last[0] = level);
        return last[0];
    }

    /** Atoms x microseconds: the level integrated over the span. */
    public BigInteger levelTime() {
        BigInteger[] sum = {BigInteger.ZERO};
        walk((level, micros) -> sum[0] = sum[0].add(BigInteger.valueOf(level).multiply(BigInteger.valueOf(micros))));
        return sum[0];
    }

    /** A level-time spread over a period, in units: the fraction is rounded once, half up. */
    public static BigDecimal weighted(BigInteger levelTime, long periodMicros, int scale, int decimals) {
        return new BigDecimal(levelTime, scale)
                .divide(BigDecimal.valueOf(periodMicros), decimals, RoundingMode.HALF_UP);
    }

    /** Microseconds between two instants. */
    public static long micros(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1_000;
    }

    private interface Stretch {
        void of(long level, long micros);
    }

    private void walk(Stretch stretch) {
        long level = start;
        Instant since = from;
        for (Step step : steps) {
            if (!step.at().isBefore(to)) {
                break;
            }
            if (step.at().isAfter(since)) {
                stretch.of(Math.max(0, level), micros(since, step.at()));
                since = step.at();
            }
            level = Math.addExact(level, step.by());
        }
        if (since.isBefore(to)) {
            stretch.of(Math.max(0, level), micros(since, to));
        }
    }
}
