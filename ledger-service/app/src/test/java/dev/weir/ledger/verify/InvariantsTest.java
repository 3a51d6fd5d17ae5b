package dev.weir.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.finance.app.Projector;
import dev.weir.ledger.journal.persistence.JournalReader;
import dev.weir.ledger.seal.app.Sealer;
import dev.weir.ledger.verify.app.Verification;
import dev.weir.ledger.verify.app.Verifier;
import dev.weir.ledger.verify.domain.Misfit;
import dev.weir.ledger.verify.domain.Misfit.What;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each invariant broken by hand in the database, by somebody who gets past constraints and guards and makes the hash chain fit
 * again where that helps: verify names it, with wallet and row. L4, L11, L13 and L16 are about decisions that were taken: the
 * random programs test them.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "finance",
        roles = {"product", "operator", "finance"})
class InvariantsTest {
    private static final long ANY = -1;

    @Inject
    Verifier verifier;

    @Inject
    Projector projector;

    @Inject
    Sealer sealer;

    @Inject
    JournalReader journal;

    @Inject
    DataSource database;

    private UUID wallet = new UUID(0, 0);

    @BeforeEach
    void history() {
        LedgerTestSupport.catalog();
        wallet = ProofProgram.credits(ProofProgram.history());
        projector.catchUp();
        // Now, so that no seal is made of what is broken below.
        sealer.seal();
        assertThat(verifier.verify().misfits()).isEmpty();
    }

    private static Arguments broken(
            String invariant, What what, long seq, boolean chained, String change, String back) {
        return arguments(invariant, what, seq, chained, change, back);
    }

    static Stream<Arguments> breaks() {
        String paid = " WHERE wallet_id = '$' AND category = 1";
        return Stream.of(
                broken(
                        "L1",
                        What.BLOCK_BALANCE,
                        ANY,
                        false,
                        "ALTER TABLE credit_block DROP CONSTRAINT block_conserves;"
                                + " UPDATE credit_block SET granted = granted + 1" + paid,
                        "UPDATE credit_block SET granted = granted - 1" + paid
                                + "; ALTER TABLE credit_block ADD CONSTRAINT block_conserves CHECK"
                                + " (granted = remaining + closing + consumed + expired + voided + moved_out)"),
                broken(
                        "L2",
                        What.BLOCK_BALANCE,
                        ANY,
                        false,
                        "ALTER TABLE credit_block DROP CONSTRAINT block_held;"
                                + " UPDATE credit_block SET held = held + 100000000" + paid,
                        "UPDATE credit_block SET held = held - 100000000" + paid
                                + "; ALTER TABLE credit_block ADD CONSTRAINT block_held CHECK (held BETWEEN 0 AND remaining)"),
                broken(
                        "L3",
                        What.WALLET_BALANCE,
                        ANY,
                        false,
                        "UPDATE wallet SET available = available + 1 WHERE wallet_id = '$'",
                        "UPDATE wallet SET available = available - 1 WHERE wallet_id = '$'"),
                broken(
                        "L5",
                        What.SEQUENCE,
                        3,
                        false,
                        "CREATE TABLE broken AS SELECT * FROM journal WHERE wallet_id = '$' AND seq = 3;"
                                + " DELETE FROM journal WHERE wallet_id = '$' AND seq = 3",
                        "INSERT INTO journal SELECT * FROM broken; DROP TABLE broken"),
                broken(
                        "L5",
                        What.TIME,
                        4,
                        true,
                        "UPDATE journal SET posted_at = posted_at - interval '1 minute' WHERE wallet_id = '$' AND seq = 4",
                        "UPDATE journal SET posted_at = posted_at + interval '1 minute' WHERE wallet_id = '$' AND seq = 4"),
                broken(
                        "L6",
                        What.HEAD,
                        ANY,
                        false,
                        "CREATE TABLE broken AS SELECT head_hash FROM wallet WHERE wallet_id = '$';"
                                + " UPDATE wallet SET head_hash = sha256(head_hash) WHERE wallet_id = '$'",
                        "UPDATE wallet SET head_hash = (SELECT head_hash FROM broken) WHERE wallet_id = '$';"
                                + " DROP TABLE broken"),
                broken(
                        "L7",
                        What.TRANSFERS,
                        ANY,
                        true,
                        "UPDATE journal SET from_acct = 10 WHERE wallet_id = '$' AND seq = 1",
                        "UPDATE journal SET from_acct = 0 WHERE wallet_id = '$' AND seq = 1"),
                broken(
                        "L8",
                        What.REPEATED,
                        2,
                        true,
                        "CREATE TABLE broken AS SELECT op_key FROM journal WHERE wallet_id = '$' AND seq = 2; UPDATE journal"
                                + " SET op_key = (SELECT op_key FROM journal WHERE wallet_id = '$' AND seq = 1)"
                                + " WHERE wallet_id = '$' AND seq = 2",
                        "UPDATE journal SET op_key = (SELECT op_key FROM broken) WHERE wallet_id = '$' AND seq = 2;"
                                + " DROP TABLE broken"),
                broken(
                        "L9",
                        What.RESERVATIONS,
                        ANY,
                        false,
                        "UPDATE reservation_leg SET granted = granted + 1 WHERE wallet_id = '$' AND spent = 0",
                        "UPDATE reservation_leg SET granted = granted - 1 WHERE wallet_id = '$' AND spent = 0"),
                broken(
                        "L10",
                        What.RESERVATIONS,
                        ANY,
                        false,
                        "UPDATE reservation_alloc SET released = amount WHERE wallet_id = '$' AND spent + released < amount",
                        "UPDATE reservation_alloc SET released = 0 WHERE wallet_id = '$' AND spent = 0"),
                broken(
                        "L12",
                        What.EARLY,
                        1,
                        false,
                        "UPDATE credit_block SET effective_at = effective_at + interval '1 hour'" + paid,
                        "UPDATE credit_block SET effective_at = effective_at - interval '1 hour'" + paid),
                broken(
                        "L14",
                        What.MONEY,
                        ANY,
                        false,
                        "UPDATE gl_block SET voided = issued - consumed WHERE wallet_id = '$'",
                        "UPDATE gl_block SET voided = 0 WHERE wallet_id = '$'"),
                broken(
                        "L15",
                        What.RUNNING_BALANCE,
                        4,
                        true,
                        "UPDATE journal SET available_after = available_after + 1 WHERE wallet_id = '$' AND seq = 4",
                        "UPDATE journal SET available_after = available_after - 1 WHERE wallet_id = '$' AND seq = 4"),
                broken(
                        "L17",
                        What.HASH,
                        3,
                        false,
                        "UPDATE journal SET actor = actor || '.' WHERE wallet_id = '$' AND seq = 3",
                        "UPDATE journal SET actor = rtrim(actor, '.') WHERE wallet_id = '$' AND seq = 3"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breaks")
    void verifyNamesWhatIsBroken(String invariant, What what, long seq, boolean chained, String change, String back) {
        tamper(change, chained);
        try {
            Verification verification = verifier.verify();

            Misfit first = Objects.requireNonNull(verification.first(), "nothing was found");
            assertThat(first.what()).as(first.detail()).isEqualTo(what);
            assertThat(first.invariants()).contains(invariant);
            if (what != What.TRANSFERS) {
                assertThat(first.wallet()).isEqualTo(wallet);
            }
            if (seq != ANY) {
                assertThat(first.seq()).isEqualTo(seq);
            }
        } finally {
            tamper(back, chained);
            assertThat(verifier.verify().misfits()).isEmpty();
        }
    }

    private void tamper(String statements, boolean chained) {
        for (String statement : statements.split(";", -1)) {
            ProofProgram.tamper(statement.replace("$", wallet.toString()));
        }
        if (chained) {
            chain();
        }
    }

    /** Makes the hash chain fit what stands there now. */
    private void chain() {
        List<JournalRow> rows = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            journal.rows(connection, wallet, 0, Long.MAX_VALUE, entry -> rows.add(entry.row()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        byte[] hash = JournalEncoding.genesis(wallet);
        List<String> updates = new ArrayList<>();
        for (JournalRow row : rows) {
            hash = JournalEncoding.chain(hash, row);
            updates.add("UPDATE journal SET hash = '\\x%s' WHERE wallet_id = '%s' AND seq = %d"
                    .formatted(HexFormat.of().formatHex(hash), wallet, row.seq()));
        }
        updates.add("UPDATE wallet SET head_hash = '\\x%s' WHERE wallet_id = '%s'"
                .formatted(HexFormat.of().formatHex(hash), wallet));
        ProofProgram.tamper(updates.toArray(String[]::new));
    }
}
