package dev.weir.entitlement.contract.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Better;
import dev.weir.catalog.contract.ConfigValueType;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.ExplainedSource;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SourceOutcome;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.platform.kernel.CanonicalJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The laws of resolution on random customers, told apart by what the contract answers; every failure names its seed. */
class ResolutionLawsTest {
    private static final int CUSTOMERS = 3_000;

    @Test
    void aFurtherSourceNeverLowersAnything() {
        forEachCustomer(1, (customer, random) -> {
            CustomerSnapshot all = customer.snapshot();
            Instant at = customer.instant();
            List<AllowancePart> allowances = new ArrayList<>(all.allowances());
            List<SubscriptionPart> subscriptions = new ArrayList<>(all.subscriptions());
            allowances.removeIf(AllowancePart::revoke);
            CustomerSnapshot with = with(all, subscriptions, allowances);
            if (!allowances.isEmpty() && random.nextBoolean()) {
                allowances.remove(random.nextInt(allowances.size()));
            } else if (!subscriptions.isEmpty()) {
                subscriptions.remove(random.nextInt(subscriptions.size()));
            }

            Map<String, ResolvedFeature> more = Resolution.all(with, customer, null, at);

            for (ResolvedFeature less : Resolution.all(with(all, subscriptions, allowances), customer, null, at)
                    .values()) {
                ResolvedFeature after = Objects.requireNonNull(more.get(less.feature()), less.feature());
                assertThat(generosity(after, less))
                        .as("%s at %s: %s after %s", less.feature(), at, after, less)
                        .allMatch(compared -> compared >= 0);
            }
        });
    }

    @Test
    void orderNeverMattersAndTwiceGivesTheSameBytes() {
        forEachCustomer(2, (customer, random) -> {
            CustomerSnapshot given = customer.snapshot();
            Instant at = customer.instant();
            List<AllowancePart> allowances = new ArrayList<>(given.allowances());
            List<SubscriptionPart> subscriptions = new ArrayList<>(given.subscriptions());
            Collections.shuffle(allowances, random);
            Collections.shuffle(subscriptions, random);
            String once = CanonicalJson.write(Resolution.all(given, customer, null, at));

            String twice = CanonicalJson.write(Resolution.all(given, customer, null, at));
            String shuffled =
                    CanonicalJson.write(Resolution.all(with(given, subscriptions, allowances), customer, null, at));

            assertThat(twice).isEqualTo(once);
            assertThat(shuffled).isEqualTo(once);
        });
    }

    @Test
    void theWinnerThatExplainNamesIsTheEffectiveValue() {
        forEachCustomer(3, (customer, random) -> {
            Instant at = customer.instant();
            for (ResolvedFeature resolved :
                    Resolution.all(customer.snapshot(), customer, null, at).values()) {
                if (resolved.granted() && resolved.value() != null) {
                    assertThat(winner(resolved, "value").says()).isEqualTo(resolved.value());
                }
                if (resolved.granted() && resolved.limit() != null) {
                    BigDecimal sum = resolved.sources().stream()
                            .filter(source -> source.outcome() == SourceOutcome.ADDED)
                            .map(source -> limit(source).multiply(BigDecimal.valueOf(source.quantity())))
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
                    ExplainedSource amount = winner(resolved, "amount").source();
                    BigDecimal own = amount.outcome() == SourceOutcome.ADDED ? BigDecimal.ZERO : limit(amount);
                    assertThat(own.add(sum)).isEqualByComparingTo(resolved.limit());
                }
            }
        });
    }

    private record Winner(ExplainedSource source) {
        String says() {
            return source.entitlement() == null
                    ? ""
                    : String.valueOf(source.entitlement().value());
        }
    }

    private static Winner winner(ResolvedFeature resolved, String component) {
        List<ExplainedSource> winners = resolved.sources().stream()
                .filter(source -> source.components().contains(component))
                .toList();
        assertThat(winners).as("winners of %s in %s", component, resolved).hasSize(1);
        return new Winner(winners.getFirst());
    }

    private static BigDecimal limit(ExplainedSource source) {
        BigDecimal limit =
                source.entitlement() == null ? null : source.entitlement().limit();
        return limit == null ? BigDecimal.ZERO : limit;
    }

    /** How one answer compares with another: amount per second, onLimit, cap, rank of the value. */
    private static List<Integer> generosity(ResolvedFeature more, ResolvedFeature less) {
        return List.of(
                Boolean.compare(more.granted(), less.granted()),
                perSecond(more).compareTo(perSecond(less)),
                more.onLimit().compareTo(less.onLimit()),
                cap(more).compareTo(cap(less)),
                rank(more, less));
    }

    private static final BigDecimal BOUNDLESS = new BigDecimal("1e30");

    /** Scaled so that all periods compare as whole numbers; what never resets is nothing per second. */
    private static BigDecimal perSecond(ResolvedFeature resolved) {
        if (resolved.unlimited()) {
            return BOUNDLESS;
        }
        Recurrence recurrence = resolved.recurrence();
        BigDecimal limit = resolved.limit();
        return limit == null || recurrence == null
                ? BigDecimal.ZERO
                : limit.divide(
                        BigDecimal.valueOf(Recurrence.seconds(recurrence.every())), java.math.MathContext.DECIMAL128);
    }

    private static BigDecimal cap(ResolvedFeature resolved) {
        if (resolved.onLimit() == OnLimit.HARD) {
            return BigDecimal.ZERO;
        }
        return resolved.overageCap() == null ? BOUNDLESS : resolved.overageCap();
    }

    private static int rank(ResolvedFeature more, ResolvedFeature less) {
        FeatureDefinition definition = less.definition();
        String left = more.value();
        String right = less.value();
        if (left == null || right == null || definition.valueType() == ConfigValueType.TEXT) {
            return 0;
        }
        if (definition.valueType() == ConfigValueType.ENUM) {
            return Integer.compare(
                    definition.values().indexOf(left), definition.values().indexOf(right));
        }
        int order = new BigDecimal(left).compareTo(new BigDecimal(right));
        return definition.better() == Better.LOWER ? -order : order;
    }

    private static CustomerSnapshot with(
            CustomerSnapshot given, List<SubscriptionPart> subscriptions, List<AllowancePart> allowances) {
        return new CustomerSnapshot(
                given.customer(),
                given.root(),
                given.parent(),
                given.version(),
                given.name(),
                given.timeZone(),
                given.country(),
                given.currency(),
                given.archived(),
                given.createdAt(),
                given.asOf(),
                subscriptions,
                allowances);
    }

    private static void forEachCustomer(int part, BiConsumer<RandomCustomer, Random> law) {
        long base = Long.getLong("weir.seed", 20_261_124L) * 1_000 + 10_000_000_000L * part;
        System.out.println("seeds " + base + " to " + (base + CUSTOMERS - 1));
        for (long seed = base; seed < base + CUSTOMERS; seed++) {
            Random random = new Random(seed);
            try {
                law.accept(new RandomCustomer(random), random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
