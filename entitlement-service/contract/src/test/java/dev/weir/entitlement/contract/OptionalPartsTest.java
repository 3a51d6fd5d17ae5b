package dev.weir.entitlement.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.contract.Category;
import dev.weir.platform.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a snapshot gained after its first version: a promised credit, and that older events still read. */
class OptionalPartsTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final CreditPart PROMISE = new CreditPart(
            new UUID(1, 2), "ai-credits", 6, new BigDecimal("250"), 10, "P30D", FROM, "spring", "spring campaign");

    @Test
    void aPromisedCreditIsGrantedOnceFromItsInstantOn() {
        CustomerSnapshot snapshot = snapshot(List.of(PROMISE));

        List<CreditEntitlement> credits = Resolution.credits(snapshot, new World(), FROM, FROM.plusSeconds(1));

        assertThat(credits).singleElement().satisfies(credit -> {
            assertThat(credit.source()).isEqualTo(SourceKind.PROMOTION);
            assertThat(credit.sourceReference()).isEqualTo("spring");
            assertThat(credit.subscription()).isEqualTo(PROMISE.id());
            assertThat(credit.recurrence()).isNull();
            assertThat(credit.validFrom()).isEqualTo(FROM);
            assertThat(credit.grant().category()).isEqualTo(Category.PROMOTIONAL);
            assertThat(credit.grant().expiresAfter()).isEqualTo("P30D");
        });
        assertThat(Resolution.credits(snapshot, new World(), FROM.minusSeconds(9), FROM))
                .isEmpty();
    }

    @Test
    void aSnapshotOfAnOlderProducerStillReads() throws Exception {
        JsonNode written = Json.mapper().valueToTree(snapshot(List.of(PROMISE)));
        ((ObjectNode) written).remove(List.of("credits", "priceOverrides"));

        CustomerSnapshot read = Json.lenientMapper().treeToValue(written, CustomerSnapshot.class);

        assertThat(read.credits()).isEmpty();
        assertThat(read.priceOverrides()).isEmpty();
    }

    private static CustomerSnapshot snapshot(List<CreditPart> credits) {
        return new CustomerSnapshot(
                "acme", "acme", null, 1, null, "UTC", null, null, false, FROM, FROM, List.of(), List.of(), credits,
                List.of());
    }
}
