package dev.weir.ledger.verify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "finance",
        roles = {"product", "operator", "finance"})
class VerifierTest {
    @Inject
    Verifier verifier;

    @Inject
    Sealer sealer;

    @Inject
    JournalReader journal;

    @Inject
    DataSource database;

    private UUID wallet = new UUID(0, 0);
    private String customer = "";

    @BeforeEach
    void history() {
        LedgerTestSupport.catalog();
        customer = ProofProgram.history();
        wallet = ProofProgram.credits(customer);
        assertThat(verifier.verify().misfits()).isEmpty();
    }

    private String at(long seq) {
        return " WHERE wallet_id = '%s' AND seq = %d".formatted(wallet, seq);
    }

    /** Changes something, verifies, and changes it back. */
    private Misfit found(String change, String back) {
        ProofProgram.tamper(change);
        try {
            Verification verification = verifier.verify();
            assertThat(verification.fits()).isFalse();
            Misfit first = verification.first();
            assertThat(first).isNotNull();
            return java.util.Objects.requireNonNull(first);
        } finally {
            ProofProgram.tamper(back);
            assertThat(verifier.verify().misfits()).isEmpty();
        }
    }

    @Test
    void everythingFits() {
        given().post("/v1/ledger/verify")
                .then()
                .statusCode(200)
                .body("fits", equalTo(true))
                .body("rows", greaterThan(5))
                .body("misfits.size()", equalTo(0));
    }

    @Test
    void findsARowThatWasChanged() {
        Misfit misfit = found(
                "UPDATE journal SET amount = amount + 1" + at(3), "UPDATE journal SET amount = amount - 1" + at(3));

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.seq()).isEqualTo(3);
        assertThat(misfit.what()).isEqualTo(What.HASH);
    }

    @Test
    void findsWhoseNameWasChanged() {
        Misfit misfit = found(
                "UPDATE journal SET for_customer = 'somebody'" + at(4),
                "UPDATE journal SET for_customer = '" + customer + "'" + at(4));

        assertThat(misfit.seq()).isEqualTo(4);
        assertThat(misfit.what()).isEqualTo(What.HASH);
    }

    @Test
    void findsARowThatWasDeleted() {
        Misfit misfit = found(
                "CREATE TABLE tampered AS SELECT * FROM journal%s; DELETE FROM journal%s".formatted(at(2), at(2)),
                "INSERT INTO journal SELECT * FROM tampered; DROP TABLE tampered");

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.seq()).isEqualTo(2);
        assertThat(misfit.what()).isEqualTo(What.SEQUENCE);
    }

    @Test
    void findsThatTheLastRowWasDeleted() {
        long last = rows().size();

        Misfit misfit = found(
                "CREATE TABLE tampered AS SELECT * FROM journal%s; DELETE FROM journal%s".formatted(at(last), at(last)),
                "INSERT INTO journal SELECT * FROM tampered; DROP TABLE tampered");

        assertThat(misfit.seq()).isEqualTo(last);
        assertThat(misfit.what()).isEqualTo(What.SEQUENCE);
    }

    @Test
    void findsHashesThatWereSwapped() {
        String swap = """
                UPDATE journal j SET hash = o.hash FROM journal o WHERE j.wallet_id = '%s' AND o.wallet_id = j.wallet_id
                  AND j.seq IN (2, 3) AND o.seq = 5 - j.seq""".formatted(wallet);

        Misfit misfit = found(swap, swap);

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.seq()).isEqualTo(2);
        assertThat(misfit.what()).isEqualTo(What.HASH);
    }

    @Test
    void findsABalanceThatWasChanged() {
        String where = " WHERE wallet_id = '" + wallet + "'";

        Misfit misfit = found(
                "UPDATE wallet SET available = available + 1000000" + where,
                "UPDATE wallet SET available = available - 1000000" + where);

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.what()).isEqualTo(What.WALLET_BALANCE);
        assertThat(misfit.detail()).contains("available is 9000000, the journal adds up to 8000000");
    }

    @Test
    void findsABlockThatWasChanged() {
        String where = " WHERE wallet_id = '" + wallet + "' AND category = 1";

        Misfit misfit = found(
                "UPDATE credit_block SET consumed = consumed - 1, remaining = remaining + 1" + where,
                "UPDATE credit_block SET consumed = consumed + 1, remaining = remaining - 1" + where);

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.what()).isEqualTo(What.BLOCK_BALANCE);
    }

    @Test
    void findsAHoldThatNobodyHolds() {
        String where = " WHERE wallet_id = '" + wallet + "' AND spent + released < amount";

        Misfit misfit = found(
                "UPDATE reservation_alloc SET amount = amount + 1" + where,
                "UPDATE reservation_alloc SET amount = amount - 1" + where);

        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.what()).isEqualTo(What.RESERVATIONS);
    }

    /** Who can write everything can make the chain fit again, but not a seal. */
    @Test
    void aSealFindsAChainThatWasMadeAnew() {
        sealer.seal();
        List<JournalRow> rows = rows();
        JournalRow last = rows.getLast();
        ProofProgram.tamper("UPDATE journal SET actor = 'nobody'" + at(last.seq()));
        byte[] forged = JournalEncoding.chain(rows.get(rows.size() - 2).hash(), rows().getLast());

        Misfit misfit = found(chain("nobody", last.seq(), forged), chain(last.actor(), last.seq(), last.hash()));

        assertThat(misfit.what()).isEqualTo(What.SEAL);
        assertThat(misfit.wallet()).isEqualTo(wallet);
        assertThat(misfit.seq()).isEqualTo(last.seq());
    }

    private String chain(String actor, long seq, byte[] hash) {
        String hex = HexFormat.of().formatHex(hash);
        return "UPDATE journal SET actor = '%s', hash = '\\x%s'%s; ".formatted(actor, hex, at(seq))
                + "UPDATE wallet SET head_hash = '\\x%s' WHERE wallet_id = '%s'".formatted(hex, wallet);
    }

    @Test
    void findsASealThatWasChanged() {
        long seal = sealer.seal().orElseThrow().number();
        String where = " WHERE seal_no = " + seal;

        Misfit misfit = found(
                "UPDATE ledger_seal SET sealed_at = sealed_at + interval '1 hour'" + where,
                "UPDATE ledger_seal SET sealed_at = sealed_at - interval '1 hour'" + where);

        assertThat(misfit.what()).isEqualTo(What.SEAL);
        assertThat(misfit.detail()).startsWith("seal " + seal);
    }

    @Test
    void theServiceItselfCannotChangeWhatItWrote() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "UPDATE journal SET amount = 1",
                    "DELETE FROM journal",
                    "UPDATE ledger_seal SET leaves = 1",
                    "DELETE FROM seal_leaf")) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    private List<JournalRow> rows() {
        List<JournalRow> rows = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            journal.rows(connection, wallet, 0, Long.MAX_VALUE, entry -> rows.add(entry.row()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
