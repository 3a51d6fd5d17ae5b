package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulators.stripe.rating.Tariff;
import dev.weir.simulators.stripe.rating.Tariff.Tier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TariffTest {
    private static final int ROUNDS = 2_000;

    @Test
    void ratesAsStripesOwnExample() {
        List<Tier> tiers = List.of(tier(5, "700"), tier(10, "650"), tier(null, "600"));

        Tariff graduated = new Tariff.Graduated(tiers);
        Tariff volume = new Tariff.Volume(tiers);

        assertThat(List.of(1, 5, 6, 20, 25).stream().map(q -> graduated.amount(BigDecimal.valueOf(q))))
                .containsExactly(700L, 3500L, 4150L, 12750L, 15750L);
        assertThat(List.of(1, 5, 6, 20, 25).stream().map(q -> volume.amount(BigDecimal.valueOf(q))))
                .containsExactly(700L, 3500L, 3900L, 12000L, 15000L);
    }

    @Test
    void agreesWithCountingUnitByUnit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<Tier> tiers = tiers(random);
            int quantity = random.nextInt(120);

            BigDecimal graduated = new Tariff.Graduated(tiers).exact(BigDecimal.valueOf(quantity));
            BigDecimal volume = new Tariff.Volume(tiers).exact(BigDecimal.valueOf(quantity));

            String which = "seed " + seed + " tiers " + tiers + " quantity " + quantity;
            assertThat(graduated).as(which).isEqualByComparingTo(countGraduated(tiers, quantity));
            assertThat(volume).as(which).isEqualByComparingTo(countVolume(tiers, quantity));
        }
    }

    @Test
    void roundsHalfUpOnceAtTheEnd() {
        Tariff tariff = new Tariff.PerUnit(new BigDecimal("0.5"), BigDecimal.ONE, false);

        assertThat(tariff.amount(BigDecimal.ONE)).isEqualTo(1);
        assertThat(tariff.amount(BigDecimal.valueOf(3))).isEqualTo(2);
        assertThat(new Tariff.PerUnit(new BigDecimal("0.0001"), BigDecimal.ONE, false).amount(BigDecimal.valueOf(4999)))
                .isZero();
    }

    @Test
    void packsWholeOrOpened() {
        BigDecimal hundred = BigDecimal.valueOf(100);

        assertThat(new Tariff.PerUnit(BigDecimal.TEN, hundred, true).amount(BigDecimal.valueOf(101)))
                .isEqualTo(20);
        assertThat(new Tariff.PerUnit(BigDecimal.TEN, hundred, false).amount(BigDecimal.valueOf(199)))
                .isEqualTo(10);
    }

    /** The slow way: every unit looks for its tier; entering a tier costs its flat amount. */
    private static BigDecimal countGraduated(List<Tier> tiers, int quantity) {
        BigDecimal sum = tiers.getFirst().flat();
        int entered = 0;
        for (int unit = 1; unit <= quantity; unit++) {
            int index = indexOf(tiers, unit);
            if (index != entered) {
                sum = sum.add(tiers.get(index).flat());
                entered = index;
            }
            sum = sum.add(tiers.get(index).unit());
        }
        return sum;
    }

    private static BigDecimal countVolume(List<Tier> tiers, int quantity) {
        Tier tier = tiers.get(indexOf(tiers, Math.max(1, quantity)));
        BigDecimal sum = tier.flat();
        for (int unit = 1; unit <= quantity; unit++) {
            sum = sum.add(tier.unit());
        }
        return sum;
    }

    private static int indexOf(List<Tier> tiers, int unit) {
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal end = tiers.get(i).upTo();
            if (end == null || BigDecimal.valueOf(unit).compareTo(end) <= 0) {
                return i;
            }
        }
        throw new IllegalStateException("no last tier");
    }

    private static List<Tier> tiers(Random random) {
        List<Tier> tiers = new ArrayList<>();
        int end = 0;
        for (int i = random.nextInt(5); i > 0; i--) {
            end += 1 + random.nextInt(30);
            tiers.add(new Tier(BigDecimal.valueOf(end), amount(random), amount(random)));
        }
        tiers.add(new Tier(null, amount(random), amount(random)));
        return tiers;
    }

    private static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(13));
    }

    private static Tier tier(@org.jspecify.annotations.Nullable Integer upTo, String unit) {
        return new Tier(upTo == null ? null : BigDecimal.valueOf(upTo), new BigDecimal(unit), BigDecimal.ZERO);
    }
}
