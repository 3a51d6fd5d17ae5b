package dev.weir.ledger.finance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.ProofProgram;
import dev.weir.ledger.finance.app.Books;
import dev.weir.ledger.finance.app.Projector;
import dev.weir.ledger.finance.domain.GlAccount;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.RollForward;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "finance",
        roles = {"product", "operator", "finance"})
class PostingResourceTest {
    private static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    @Inject
    Books books;

    @Inject
    Projector projector;

    @BeforeEach
    void catalog() {
        LedgerTestSupport.catalog();
    }

    private List<Posting> of(String customer) {
        UUID wallet = ProofProgram.credits(customer);
        return books.page(Instant.EPOCH, FAR, null, 1_000_000).stream()
                .filter(posting -> posting.wallet().equals(wallet))
                .toList();
    }

    /** 12 credits, 2 of them free: of the 3 used, one was paid, with a tenth of 5.00. */
    @Test
    void postsWhatWasPaidAndWhatWasUsed() {
        String customer = ProofProgram.history();

        List<Posting> postings = of(customer);

        assertThat(postings).hasSize(2);
        assertThat(postings.getFirst().debit()).isEqualTo(GlAccount.RECEIVABLE_CLEARING);
        assertThat(postings.getFirst().amountMinor()).isEqualTo(500);
        assertThat(postings.getLast().credit()).isEqualTo(GlAccount.REVENUE);
        assertThat(postings.getLast().feature()).isEqualTo("chat");
        assertThat(postings.getLast().amountMinor()).isEqualTo(50);
    }

    @Test
    void postsTheSameWhenEverythingIsPostedAgain() {
        String customer = ProofProgram.history();
        List<Posting> all = books.page(Instant.EPOCH, FAR, null, 1_000_000);

        given().post("/v1/ledger/postings/rebuild").then().statusCode(200);

        assertThat(projector.catchUp()).isZero();
        assertThat(books.page(Instant.EPOCH, FAR, null, 1_000_000)).containsAll(all);
        assertThat(of(customer)).hasSize(2);
    }

    @Test
    void rollsForwardDeferredRevenue() {
        Instant before = of(ProofProgram.history()).getLast().postedAt().plusNanos(1_000);
        of(ProofProgram.history());

        given().get("/v1/ledger/postings/roll-forward?from=" + before)
                .then()
                .statusCode(200)
                .body("find { it.currency == 'USD' }.paid", equalTo(500))
                .body("find { it.currency == 'USD' }.recognized", equalTo(50))
                .body("find { it.currency == 'USD' }.recognizedByFeature.chat", equalTo(50))
                .body("find { it.currency == 'USD' }.breakage", equalTo(0))
                .body("find { it.currency == 'USD' }.refunded", equalTo(0));
        RollForward dollars = books.rollForward(before, FAR).iterator().next();
        assertThat(dollars.closing()).isEqualTo(dollars.opening() + 450);
    }

    @Test
    void givesPostingsPageByPage() {
        ProofProgram.history();
        String next = given().get("/v1/ledger/postings?limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .extract()
                .path("next");

        given().get("/v1/ledger/postings?limit=1&after=" + next)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        given().get("/v1/ledger/postings?from=yesterday").then().statusCode(400).body("code", equalTo("INVALID_VALUE"));
    }
}
