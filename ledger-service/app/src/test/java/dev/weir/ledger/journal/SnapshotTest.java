package dev.weir.ledger.journal;

import static dev.weir.ledger.LedgerTestSupport.post;
import static dev.weir.ledger.LedgerTestSupport.reserve;
import static dev.weir.ledger.LedgerTestSupport.subscribed;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.journal.persistence.SnapshotTable;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "operator",
        roles = {"product", "operator"})
class SnapshotTest {
    @Inject
    SnapshotTable snapshots;

    @Inject
    DataSource database;

    private String customer = "";

    @BeforeEach
    void aCustomerWithCredit() {
        LedgerTestSupport.catalog();
        customer = subscribed(Catalogue.starter());
        ProofProgram.grant(customer, "{'unit':'ai-credits','amount':'50','category':'PAID'}");
        ProofProgram.grant(customer, "{'unit':'ai-credits','amount':'5','category':'PROMOTIONAL'}");
    }

    private String walletAt(Instant at) {
        return given().queryParam("asOf", at.toString())
                .get("/v1/customers/" + customer + "/wallets/ai-credits")
                .asString();
    }

    private void snapshot() throws Exception {
        try (Connection connection = database.getConnection()) {
            assertThat(snapshots.make(connection, 1, 100)).isPositive();
        }
    }

    @Test
    void deletingSnapshotsAtRandomChangesNoAnswer() throws Exception {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Instant> instants = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            String hold = reserve(customer, "chat", Integer.toString(1 + random.nextInt(3)));
            if (random.nextBoolean()) {
                post("/v1/reservations/" + hold + "/settle", "{'quantity':'1'}").statusCode(200);
            }
            instants.add(Instant.now());
            if (random.nextInt(3) > 0) {
                snapshot();
            }
        }
        Map<Instant, String> told = new LinkedHashMap<>();
        instants.forEach(at -> told.put(at, walletAt(at)));

        for (int round = 0; round < 4; round++) {
            ProofProgram.tamper("DELETE FROM wallet_snapshot WHERE ('x' || substr(md5(seq::text || '" + random.nextInt()
                    + "'), 1, 1))::text < 'x8'");

            assertThat(instants).allSatisfy(at -> assertThat(walletAt(at)).isEqualTo(told.get(at)));
        }
        ProofProgram.tamper("DELETE FROM wallet_snapshot");
        assertThat(instants).allSatisfy(at -> assertThat(walletAt(at)).isEqualTo(told.get(at)));
    }
}
