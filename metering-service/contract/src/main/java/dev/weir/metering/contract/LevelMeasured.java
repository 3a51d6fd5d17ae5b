package dev.weir.metering.contract;

import dev.weir.platform.kernel.Ids;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The quantity of a LEVEL feature (seats, storage) that a charge prices for one billing period, measured when the period is
 * over: the state {@code metering.level-measured.v1} (aggregate id = {@link #measurement}, aggregate version = {@link #revision};
 * shard of the root). Late usage makes the next revision.
 *
 * <p>MAX_IN_PERIOD: the highest level of the period, {@code maximum}. TIME_WEIGHTED: the level integrated over its time, divided by the
 * length of the whole period: {@code levelTime / periodTime}, an exact fraction.
 *
 * @param charge the charge's key in the plan version or add-on version
 * @param owner key of the plan or add-on that charges
 * @param ownerVersion its version
 * @param ownerHash its body's content hash
 * @param addon whether the owner is an add-on
 * @param measure MAX_IN_PERIOD or TIME_WEIGHTED
 * @param periodFrom the billing period, counted from the subscription's anchor
 * @param from the part of the period in which the owner was in force: [from, to)
 * @param scale of the atoms
 * @param maximum atoms
 * @param levelTime atoms x microseconds over [from, to)
 * @param periodTime microseconds of [periodFrom, periodTo)
 * @param quantity what is priced, in units: maximum, or the fraction rounded once, half up, to {@link #DECIMALS} decimals
 */
public record LevelMeasured(
        UUID measurement,
        String customer,
        String root,
        UUID subscription,
        String feature,
        @Nullable String resource,
        String charge,
        String owner,
        int ownerVersion,
        String ownerHash,
        boolean addon,
        String measure,
        Instant periodFrom,
        Instant periodTo,
        Instant from,
        Instant to,
        long revision,
        int scale,
        long maximum,
        BigInteger levelTime,
        long periodTime,
        BigDecimal quantity) {
    /** Decimals of a time-weighted quantity. */
    public static final int DECIMALS = 12;

    public LevelMeasured {
        Objects.requireNonNull(measurement, "measurement");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(charge, "charge");
        Objects.requireNonNull(levelTime, "levelTime");
        Objects.requireNonNull(quantity, "quantity");
    }

    /** The id of a measurement. */
    public static UUID id(UUID subscription, String ownerHash, String charge, Instant periodFrom) {
        return Ids.of("level\n" + subscription + "\n" + ownerHash + "\n" + charge + "\n" + periodFrom);
    }
}
