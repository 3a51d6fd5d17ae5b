package dev.weir.billing.account.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.LocalPrice;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.contract.Bodies;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BillingObjectsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static Price flat(String currency, String amount) {
        return new Price(
                PriceModel.FLAT,
                currency,
                new BigDecimal(amount),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static final PlanVersion PLAN = new PlanVersion(
            "pro",
            1,
            "hash",
            "assistant",
            "Pro",
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(
                    new Charge(
                            "fee",
                            null,
                            AppliesTo.ALL,
                            flat("USD", "49"),
                            "P1M",
                            Billed.IN_ADVANCE,
                            null,
                            List.of(new LocalPrice(null, flat("EUR", "45")), new LocalPrice("CH", flat("EUR", "52")))),
                    new Charge(
                            "setup", null, AppliesTo.ALL, flat("USD", "99"), null, Billed.IN_ADVANCE, null, List.of())),
            null,
            null);

    private static final Bodies BODIES = new Bodies() {
        @Override
        public PlanVersion plan(String hash) {
            return PLAN;
        }

        @Override
        public AddonVersion addon(String hash) {
            throw new IllegalStateException(hash);
        }
    };

    private static CustomerSnapshot customer(SubscriptionPart subscription, String country, String currency) {
        return new CustomerSnapshot(
                "acme",
                "acme",
                null,
                1,
                "Acme",
                "UTC",
                country,
                currency,
                false,
                START,
                START,
                List.of(subscription),
                List.of());
    }

    private static final List<SubscriptionPhase> PHASES =
            List.of(new SubscriptionPhase(START, null, "hash", null, List.of(), UsageOnChange.KEEP));
    private static final SubscriptionPart SUBSCRIBED =
            new SubscriptionPart(new UUID(1, 1), "assistant", null, START, PHASES);

    private static List<Price> prices(CustomerSnapshot snapshot) {
        return BillingObjects.of(snapshot, BODIES, price -> true, START.plusSeconds(60)).stream()
                .filter(ProviderCommand.UpsertPrice.class::isInstance)
                .map(command -> ((ProviderCommand.UpsertPrice) command).price())
                .toList();
    }

    @Test
    void aCustomerPaysThePriceOfItsCountryThenOfItsCurrency() {
        assertThat(prices(customer(SUBSCRIBED, "CH", "EUR"))).containsExactly(flat("EUR", "52"));
        assertThat(prices(customer(SUBSCRIBED, "NL", "EUR"))).containsExactly(flat("EUR", "45"));
        assertThat(prices(customer(SUBSCRIBED, "NL", "USD"))).containsExactly(flat("USD", "49"));
    }

    @Test
    void nobodyIsBilledForADefaultPlan() {
        CustomerSnapshot served =
                customer(SubscriptionPart.ofDefaultPlan("acme", "assistant", START, PHASES), "NL", "EUR");
        assertThat(BillingObjects.of(served, BODIES, price -> true, START.plusSeconds(60)))
                .isEmpty();
        assertThat(OnceFees.of(served, BODIES, (subscription, part, begins) -> begins, START.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void aFeeThatIsDueOnceIsDueAtTheBeginAlone() {
        CustomerSnapshot subscribed = customer(SUBSCRIBED, "NL", "USD");
        assertThat(OnceFees.of(subscribed, BODIES, (subscription, part, begins) -> begins, START.plusSeconds(60)))
                .hasSize(1);
        assertThat(OnceFees.of(
                        subscribed,
                        BODIES,
                        (subscription, part, begins) -> START.minusSeconds(86_400),
                        START.plusSeconds(60)))
                .as("it began before what the timeline still shows")
                .isEmpty();
    }
}
