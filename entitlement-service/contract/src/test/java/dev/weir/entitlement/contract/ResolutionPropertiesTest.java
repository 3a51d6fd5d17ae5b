package dev.weir.entitlement.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.platform.kernel.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Laws of the join, on random sources; every failure prints its seed. */
class ResolutionPropertiesTest {
    private static final String[] EVERY = {"P1M", "P1M", "P1M", "P1Y", "P1D", "P12M", null};

    @RepeatedTest(400)
    void addingASourceNeverLowersAnything(RepetitionInfo info) {
        long seed = 1_000L + info.getCurrentRepetition();
        Random random = new Random(seed);
        World world = new World();
        addSources(world, random, 1 + random.nextInt(6));
        Optional<ResolvedFeature> before = resolve(world, "api-calls");
        Optional<ResolvedFeature> tierBefore = resolve(world, "support-tier");
        Optional<ResolvedFeature> contextBefore = resolve(world, "max-context");

        addSource(world, random, 100);

        before.ifPresent(earlier -> {
            ResolvedFeature after = resolve(world, "api-calls").orElseThrow();
            assertThat(compareAmounts(after, earlier))
                    .as("amount, seed %d", seed)
                    .isNotNegative();
            assertThat(after.onLimit()).as("onLimit, seed %d", seed).isGreaterThanOrEqualTo(earlier.onLimit());
            assertThat(capOf(after)).as("cap, seed %d", seed).isGreaterThanOrEqualTo(capOf(earlier));
        });
        tierBefore
                .map(ResolvedFeature::value)
                .ifPresent(earlier -> assertThat(World.SUPPORT
                                .values()
                                .indexOf(resolve(world, "support-tier")
                                        .orElseThrow()
                                        .value()))
                        .as("tier, seed %d", seed)
                        .isGreaterThanOrEqualTo(World.SUPPORT.values().indexOf(earlier)));
        contextBefore
                .map(ResolvedFeature::value)
                .ifPresent(earlier -> assertThat(new BigDecimal(String.valueOf(
                                resolve(world, "max-context").orElseThrow().value())))
                        .as("context, seed %d", seed)
                        .isGreaterThanOrEqualTo(new BigDecimal(earlier)));
    }

    @RepeatedTest(200)
    void orderNeverMattersAndBytesAreTheSame(RepetitionInfo info) {
        long seed = 5_000L + info.getCurrentRepetition();
        Random random = new Random(seed);
        World world = new World();
        addSources(world, random, 2 + random.nextInt(8));
        String before = bytes(world);
        assertThat(bytes(world)).as("twice, seed %d", seed).isEqualTo(before);

        Collections.shuffle(world.subscriptions, random);
        Collections.shuffle(world.allowances, random);
        List<SubscriptionPart> shuffled = new ArrayList<>();
        for (SubscriptionPart part : world.subscriptions) {
            SubscriptionPhase phase = part.phases().getFirst();
            List<AddonPart> addons = new ArrayList<>(phase.addons());
            Collections.shuffle(addons, random);
            shuffled.add(new SubscriptionPart(
                    part.id(),
                    part.product(),
                    null,
                    part.anchor(),
                    List.of(new SubscriptionPhase(
                            phase.from(),
                            phase.to(),
                            phase.planHash(),
                            phase.trialPlanHash(),
                            addons,
                            phase.usage()))));
        }
        world.subscriptions.clear();
        world.subscriptions.addAll(shuffled);

        assertThat(bytes(world)).as("seed %d", seed).isEqualTo(before);
    }

    @RepeatedTest(300)
    void theStackSumsToTheLimitAndTheWinnerIsTheValue(RepetitionInfo info) {
        long seed = 9_000L + info.getCurrentRepetition();
        Random random = new Random(seed);
        World world = new World();
        addSources(world, random, 1 + random.nextInt(8));

        resolve(world, "api-calls").ifPresent(resolved -> {
            if (resolved.limit() != null) {
                assertThat(resolved.stack().stream().map(LimitPart::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                        .as("seed %d", seed)
                        .isEqualByComparingTo(resolved.limit());
                assertThat(resolved.stack())
                        .as("seed %d", seed)
                        .allSatisfy(part -> assertThat(part.amount()).isNotNegative());
            }
            assertThat(resolved.sources().stream()
                            .filter(source -> source.components().contains("amount")))
                    .as("one winner, seed %d", seed)
                    .hasSize(1);
            assertThat(resolved.segmentFrom()).isBeforeOrEqualTo(World.START.plusSeconds(3600));
        });
        resolve(world, "support-tier")
                .ifPresent(resolved -> assertThat(resolved.sources())
                        .as("seed %d", seed)
                        .filteredOn(source -> source.components().contains("value"))
                        .singleElement()
                        .satisfies(source -> assertThat(source.entitlement())
                                .isNotNull()
                                .satisfies(won -> assertThat(won.value()).isEqualTo(resolved.value()))));
    }

    private static void addSources(World world, Random random, int count) {
        for (int i = 0; i < count; i++) {
            addSource(world, random, i + 1);
        }
    }

    private static void addSource(World world, Random random, int number) {
        switch (random.nextInt(5)) {
            case 0 ->
                world.subscribe(
                        number,
                        "product-" + number,
                        World.phase(World.START, null, world.plan("plan-" + number, entitlement(random, false))));
            case 1 -> {
                String plan = world.plan("holder-" + number, World.gives("sso"));
                String addon = world.addon("addon-" + number, List.of(), entitlement(random, true));
                String other = world.addon("more-" + number, List.of(), entitlement(random, true));
                world.subscribe(
                        number,
                        "product-" + number,
                        World.phase(
                                World.START,
                                null,
                                plan,
                                new AddonPart(addon, 1 + random.nextInt(3)),
                                new AddonPart(other, 1)));
            }
            case 2 -> world.override(number, entitlement(random, true));
            case 3 -> world.promote(number, entitlement(random, true));
            default -> {
                String plan = world.plan(
                        "child-" + number,
                        1,
                        World.PlanExtras.NONE,
                        World.layer("child-" + number, 1, entitlement(random, false)),
                        World.layer("parent-" + number, 1, entitlement(random, false)));
                world.subscribe(number, "product-" + number, World.phase(World.START, null, plan));
            }
        }
    }

    private static Entitlement entitlement(Random random, boolean mayIncrement) {
        int which = random.nextInt(6);
        if (which == 0) {
            return World.value("support-tier", World.SUPPORT.values().get(random.nextInt(3)));
        }
        if (which == 1) {
            return World.value("max-context", String.valueOf(random.nextInt(5)));
        }
        @Nullable String limit = random.nextInt(12) == 0 ? null : String.valueOf(random.nextInt(6) * 100);
        boolean soft = random.nextInt(3) == 0;
        return World.limit(
                "api-calls",
                limit,
                EVERY[random.nextInt(EVERY.length)],
                soft ? OnLimit.SOFT : OnLimit.HARD,
                random.nextInt(4) == 0 ? null : String.valueOf(random.nextInt(4)),
                mayIncrement && random.nextBoolean() ? Effect.INCREMENT : null);
    }

    private static Optional<ResolvedFeature> resolve(World world, String feature) {
        return Resolution.feature(world.snapshot(), world, feature, null, World.START.plusSeconds(3600));
    }

    private static String bytes(World world) {
        return CanonicalJson.write(Resolution.all(world.snapshot(), world, null, World.START.plusSeconds(3600)));
    }

    private static int compareAmounts(ResolvedFeature left, ResolvedFeature right) {
        if (left.limit() == null || right.limit() == null) {
            return Boolean.compare(left.limit() == null, right.limit() == null);
        }
        return AmountJoin.compare(left.limit(), every(left), right.limit(), every(right));
    }

    private static @Nullable Every every(ResolvedFeature resolved) {
        return resolved.recurrence() == null
                ? null
                : Every.of(resolved.recurrence().every());
    }

    private static BigDecimal capOf(ResolvedFeature resolved) {
        if (resolved.onLimit() == OnLimit.HARD) {
            return BigDecimal.ZERO;
        }
        return resolved.overageCap() == null ? new BigDecimal("1e18") : resolved.overageCap();
    }
}
