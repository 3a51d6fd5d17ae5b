package dev.weir.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.seal.app.Sealer;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.verify.app.Verifier;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "finance",
        roles = {"product", "operator", "finance"})
class SealResourceTest {
    @Inject
    Sealer sealer;

    @Inject
    Verifier verifier;

    private String customer = "";

    @BeforeEach
    void history() {
        LedgerTestSupport.catalog();
        customer = ProofProgram.history();
    }

    private static JsonNode proof(UUID wallet, long seq) throws Exception {
        return new ObjectMapper()
                .readTree(given().get("/v1/ledger/proofs/" + wallet + "/" + seq)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    @Test
    void everyRowIsProvenToWhoeverKeepsASeal() throws Exception {
        ProofProgram.history();
        ProofProgram.history();
        sealer.seal();
        UUID wallet = ProofProgram.credits(customer);

        for (int seq = 1; seq <= 5; seq++) {
            JsonNode proof = proof(wallet, seq);
            ProofCheck.check(proof);
            assertThat(proof.at("/row/seq").asLong()).isEqualTo(seq);
        }
    }

    @Test
    void aProofOfAnotherAmountDoesNotHold() throws Exception {
        sealer.seal();
        JsonNode proof = proof(ProofProgram.credits(customer), 1);
        byte[] encoding = Base64.getDecoder().decode(proof.at("/chain/0").asText());
        encoding[encoding.length - 3] ^= 1;
        ((com.fasterxml.jackson.databind.node.ArrayNode) proof.get("chain"))
                .set(0, Base64.getEncoder().encodeToString(encoding));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ProofCheck.check(proof))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void exportsSealsThatAreChained() throws Exception {
        Seal first = sealer.seal().orElseThrow();
        ProofProgram.history();
        Seal second = sealer.seal().orElseThrow();

        String lines = given().get("/v1/ledger/seals?after=" + (first.number() - 1))
                .then()
                .statusCode(200)
                .extract()
                .asString();

        String[] line = lines.split("\n", -1);
        JsonNode one = new ObjectMapper().readTree(line[0]);
        JsonNode two = new ObjectMapper().readTree(line[1]);
        assertThat(two.get("previous")).isEqualTo(one.get("hash"));
        assertThat(two.get("hash").asText()).isEqualTo(HexFormat.of().formatHex(second.hash()));
        given().get("/v1/ledger/seals/keys").then().statusCode(200).body("keyId", hasItem(first.keyId()));
    }

    @Test
    void manySealersAtOnceMakeOneChain() throws Exception {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tasks.add(() -> {
                ProofProgram.history();
                return sealer.seal();
            });
        }

        try (ExecutorService instances = Executors.newFixedThreadPool(6)) {
            for (Future<Object> task : instances.invokeAll(tasks)) {
                task.get();
            }
        }

        assertThat(verifier.verify().misfits()).isEmpty();
    }

    @Test
    void withoutAChangeThereIsNoSeal() {
        sealer.seal();

        assertThat(sealer.seal()).isEmpty();
    }

    @Test
    void saysThatARowIsNotSealedOrNotThere() {
        sealer.seal();
        String late = ProofProgram.history();
        int status = given().get("/v1/ledger/proofs/" + ProofProgram.credits(late) + "/1")
                .then()
                .extract()
                .statusCode();
        given().get("/v1/ledger/proofs/" + ProofProgram.credits(late) + "/999")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_ROW"));

        // The scheduled sealer may have been quicker.
        assertThat(status).isIn(200, 409);
    }
}
