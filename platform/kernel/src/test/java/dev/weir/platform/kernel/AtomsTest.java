package dev.weir.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.platform.kernel.AtomsException.Reason;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtomsTest {

    @ParameterizedTest
    @CsvSource({
        "12.5, 6, 12500000, 12.5",
        "0, 6, 0, 0",
        "0.000000, 6, 0, 0",
        "1000, 0, 1000, 1000",
        "1000.00, 0, 1000, 1000",
        "-0.1, 1, -1, -0.1",
        "9223372036854775807, 0, 9223372036854775807, 9223372036854775807",
        "-9223372036.854775808, 9, -9223372036854775808, -9223372036.854775808"
    })
    void readsAndWritesExactly(String text, int scale, long atoms, String written) {
        long parsed = Atoms.parse(text, scale);

        assertThat(parsed).isEqualTo(atoms);
        assertThat(Atoms.format(parsed, scale)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0000001, 6, TOO_MANY_DECIMALS",
        "1.5, 0, TOO_MANY_DECIMALS",
        "9223372036854775808, 0, OVERFLOW",
        "9223372036854775807, 1, OVERFLOW",
        "1e3, 6, NOT_A_NUMBER",
        "NaN, 6, NOT_A_NUMBER",
        "'', 6, NOT_A_NUMBER",
        "1., 6, NOT_A_NUMBER",
        "'1,5', 6, NOT_A_NUMBER"
    })
    void refusesWhatIsNotExact(String text, int scale, Reason reason) {
        assertThatThrownBy(() -> Atoms.parse(text, scale))
                .isInstanceOfSatisfying(
                        AtomsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void refusesAnEnormousExponentWithoutExpandingIt() {
        assertThatThrownBy(() -> Atoms.parse(new BigDecimal("1e1000000000"), 6)).isInstanceOf(AtomsException.class);
        assertThatThrownBy(() -> Atoms.parse(new BigDecimal("1e-1000000000"), 6))
                .isInstanceOf(AtomsException.class);
    }

    @Test
    void anyAmountSurvivesTheRoundTrip() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long atoms = random.nextLong();
            int scale = random.nextInt(Atoms.MAX_SCALE + 1);

            assertThat(Atoms.parse(Atoms.format(atoms, scale), scale))
                    .as("seed %s", seed)
                    .isEqualTo(atoms);
        }
    }
}
