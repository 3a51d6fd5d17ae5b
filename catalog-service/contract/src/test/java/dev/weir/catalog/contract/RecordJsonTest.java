package dev.weir.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    @Test
    void aChargeSurvivesJson() throws IOException {
        Price price = Prices.of(PriceModel.PER_UNIT).with("unitPrice", "0.10").build();
        Charge charge =
                new Charge("seats", "seats", AppliesTo.ALL, price, null, Billed.IN_ARREARS, Measure.TIME_WEIGHTED);

        Charge read = Json.mapper().readValue(Json.mapper().writeValueAsString(charge), Charge.class);

        assertThat(read).isEqualTo(charge);
    }

    @Test
    void aCreditGrantSurvivesJson() throws IOException {
        CreditGrant grant = new CreditGrant(
                "monthly",
                "ai-credits",
                new BigDecimal("1000"),
                "P1M",
                false,
                Category.PAID,
                50,
                GrantOn.INVOICE_PAID,
                null,
                new Money(new BigDecimal("20.00"), "USD"),
                null,
                null,
                null,
                Recognition.RATABLE);

        CreditGrant read = Json.mapper().readValue(Json.mapper().writeValueAsString(grant), CreditGrant.class);

        assertThat(read).isEqualTo(grant);
    }
}
