package dev.weir.ledger.finance.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostingLineTest {
    private static final UUID WALLET = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"acme|acme", "a,b|\"a,b\"", "a\"b|\"a\"\"b\"", "=1+1|'=1+1", "@x|'@x"})
    void quotesWhatACellMayNotHold(String customer, String cell) {
        String line = PostingLine.of(new Posting(
                WALLET,
                7,
                2,
                Instant.parse("2026-10-31T23:59:59.999999Z"),
                GlAccount.DEFERRED_REVENUE,
                GlAccount.REVENUE,
                50,
                "USD",
                null,
                customer,
                "chat",
                "ai-credits",
                1_000_000));

        assertThat(line)
                .isEqualTo("2026-10-31T23:59:59.999999Z," + WALLET + ",7,2,DEFERRED_REVENUE,REVENUE,50,USD,," + cell
                        + ",chat,ai-credits,1000000");
    }
}
