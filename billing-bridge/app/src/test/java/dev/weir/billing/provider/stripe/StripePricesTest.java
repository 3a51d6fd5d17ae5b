package dev.weir.billing.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.param.PriceCreateParams;
import dev.weir.billing.provider.domain.ProviderCommand.UpsertPrice;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StripePricesTest {
    @Test
    void tiersGoOverInMinorUnitsWithTheirBounds() {
        // Given
        Price price = price(
                PriceModel.GRADUATED,
                "USD",
                null,
                List.of(
                        new PriceTier(new BigDecimal("10000"), new BigDecimal("0.002"), null),
                        new PriceTier(null, new BigDecimal("0.001"), new BigDecimal("5"))));
        // When
        PriceCreateParams params = StripePrices.params(command(price, 0, "P1M"), "prod", "mtr");
        // Then
        assertThat(params.getTiersMode()).isEqualTo(PriceCreateParams.TiersMode.GRADUATED);
        assertThat(params.getTiers().get(0).getUnitAmountDecimal()).isEqualByComparingTo("0.2");
        assertThat(params.getTiers().get(0).getUpTo()).isEqualTo(10_000L);
        assertThat(params.getTiers().get(1).getUpTo()).isEqualTo(PriceCreateParams.Tier.UpTo.INF);
        assertThat(params.getTiers().get(1).getFlatAmountDecimal()).isEqualByComparingTo("500");
        assertThat(params.getRecurring().getUsageType()).isEqualTo(PriceCreateParams.Recurring.UsageType.METERED);
    }

    @Test
    void aFractionalFeatureIsCountedInItsSmallestPart() {
        // Given: 0.25 for each unit, counted in thousandths
        Price price = price(PriceModel.PER_UNIT, "USD", "0.25", List.of());
        // When
        PriceCreateParams params = StripePrices.params(command(price, 3, "P1M"), "prod", "mtr");
        // Then
        assertThat(params.getUnitAmountDecimal()).isEqualByComparingTo("0.025");
    }

    @Test
    void aCurrencyWithoutMinorUnitIsNotMultiplied() {
        // Given
        Price price = price(PriceModel.PER_UNIT, "JPY", "3", List.of());
        // When
        PriceCreateParams params = StripePrices.params(command(price, 0, "P1Y"), "prod", "mtr");
        // Then
        assertThat(params.getUnitAmountDecimal()).isEqualByComparingTo("3");
        assertThat(params.getRecurring().getInterval()).isEqualTo(PriceCreateParams.Recurring.Interval.YEAR);
    }

    @Test
    void whatStripeCannotSayIsRefused() {
        // Given
        Price percentage = price(PriceModel.PERCENTAGE, "USD", null, List.of());
        Price hourly = price(PriceModel.PER_UNIT, "USD", "1", List.of());
        Price tooFine = price(PriceModel.PER_UNIT, "USD", "0.0000000000000001", List.of());
        // When / Then
        assertThatThrownBy(() -> StripePrices.params(command(percentage, 0, "P1M"), "prod", "mtr"))
                .isInstanceOf(StripePrices.NotExpressible.class);
        assertThatThrownBy(() -> StripePrices.params(command(hourly, 0, "PT1H"), "prod", "mtr"))
                .isInstanceOf(StripePrices.NotExpressible.class);
        assertThatThrownBy(() -> StripePrices.params(command(tooFine, 0, "P1M"), "prod", "mtr"))
                .isInstanceOf(StripePrices.NotExpressible.class);
    }

    private static UpsertPrice command(Price price, int scale, String every) {
        return new UpsertPrice("pro@1/overage", "assistant", "assistant", "overage", price, "meter", scale, every);
    }

    private static Price price(PriceModel model, String currency, @Nullable String unitPrice, List<PriceTier> tiers) {
        return new Price(
                model,
                currency,
                null,
                unitPrice == null ? null : new BigDecimal(unitPrice),
                null,
                null,
                tiers,
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
}
