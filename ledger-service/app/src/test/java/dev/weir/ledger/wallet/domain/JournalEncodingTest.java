package dev.weir.ledger.wallet.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stored hashes depend on these bytes: if this test fails, the encoding is wrong, not the test. */
class JournalEncodingTest {
    private static final UUID WALLET = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID TRANSACTION = UUID.fromString("00000000-0000-7000-8000-000000000002");
    private static final UUID BLOCK = UUID.fromString("00000000-0000-8000-8000-000000000003");
    private static final UUID RESERVATION = UUID.fromString("00000000-0000-7000-8000-000000000004");

    private static JournalRow full() {
        return new JournalRow(
                WALLET,
                7,
                TRANSACTION,
                "acme",
                MoveKind.SPEND,
                Account.HELD,
                Account.CONSUMED,
                1_234_567,
                BLOCK,
                RESERVATION,
                3L,
                new byte[] {1, 2, 3},
                "chat",
                "eu",
                "r1",
                Instant.parse("2026-01-02T03:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z"),
                10,
                20,
                30,
                40L,
                Instant.parse("2026-01-02T03:04:05.000006Z"),
                Instant.parse("2026-01-02T03:04:05.000007Z"),
                true,
                "op",
                "olga",
                "src",
                "ev",
                new byte[0]);
    }

    private static JournalRow bare() {
        return bareWith(Map.of());
    }

    private static JournalRow bareWith(Map<String, String> meta) {
        return new JournalRow(
                WALLET,
                1,
                TRANSACTION,
                "ü",
                MoveKind.GRANT,
                Account.ISSUANCE,
                Account.AVAILABLE,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1,
                0,
                0,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                "",
                "",
                null,
                null,
                meta,
                new byte[0]);
    }

    @Test
    void theEncodingOfARowNeverChanges() {
        assertThat(HexFormat.of().formatHex(JournalEncoding.encode(bare())))
                .isEqualTo("01" + "00000000000000000000000000000001" + "0000000000000001"
                        + "00000000000070008000000000000002" + "00000002c3bc" + "0000" + "00" + "01"
                        + "0000000000000001" + "00".repeat(9) + "0000000000000001" + "0000000000000000"
                        + "0000000000000000" + "00" + "0000000000000000" + "0000000000000000" + "00" + "00000000"
                        + "00000000" + "00" + "00");
        assertThat(HexFormat.of().formatHex(JournalEncoding.encode(full())))
                .isEqualTo("01" + "00000000000000000000000000000001" + "0000000000000007"
                        + "00000000000070008000000000000002" + "0000000461636d65" + "0002" + "02" + "03"
                        + "000000000012d687" + "0100000000000080008000000000000003"
                        + "0100000000000070008000000000000004" + "010000000000000003" + "0100000003010203"
                        + "010000000463686174" + "01000000026575" + "01000000027231"
                        + hexInstant("2026-01-02T03:00:00Z")
                        + hexInstant("2026-01-01T00:00:00Z") + "000000000000000a" + "0000000000000014"
                        + "000000000000001e" + "010000000000000028"
                        + hexInstant("2026-01-02T03:04:05.000006Z").substring(2)
                        + hexInstant("2026-01-02T03:04:05.000007Z").substring(2) + "01" + "000000026f70"
                        + "000000046f6c6761" + "0100000003737263" + "01000000026576");
    }

    @Test
    void theChainHangsOnTheWalletAndOnEveryRowBefore() {
        byte[] genesis = JournalEncoding.genesis(WALLET);
        byte[] first = JournalEncoding.chain(genesis, bare());
        byte[] second = JournalEncoding.chain(first, full());

        assertThat(HexFormat.of().formatHex(genesis)).isEqualTo(GENESIS);
        assertThat(HexFormat.of().formatHex(first)).isEqualTo(FIRST);
        assertThat(HexFormat.of().formatHex(second)).isEqualTo(SECOND);
        assertThat(JournalEncoding.chain(genesis, full())).isNotEqualTo(second);
    }

    /** Version 2: the same bytes behind another first one, then the facts in the order of their names, without the reason. */
    @Test
    void factsAreHashedButForTheReason() {
        JournalRow row = bareWith(Map.of("refundMinor", "600", "costMinor", "7", "reason", "asked by phone"));

        assertThat(HexFormat.of().formatHex(JournalEncoding.encode(row)))
                .isEqualTo("02"
                        + HexFormat.of()
                                .formatHex(JournalEncoding.encode(bare()))
                                .substring(2) + "00000002"
                        + "00000009" + "636f73744d696e6f72" + "00000001" + "37"
                        + "0000000b" + "726566756e644d696e6f72" + "00000003" + "363030");
        assertThat(JournalEncoding.encode(bareWith(Map.of("reason", "asked by phone"))))
                .isEqualTo(JournalEncoding.encode(bare()));
    }

    private static String hexInstant(String text) {
        Instant instant = Instant.parse(text);
        long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
        return "01" + HexFormat.of().toHexDigits(micros);
    }

    private static final String GENESIS = "b0c39bc892730d03ab51bed617dbfd9ed66883af01088d96992984a347e461dd";
    private static final String FIRST = "f49e9ec61c5da0e11090b93210c43fb7140cc0d1193b27b85f56fb5b9ad28a32";
    private static final String SECOND = "24239bf1551c07706d0dc48aed2f8e8e8439f95a7c39a5b2a0e65289db4758b0";
}
