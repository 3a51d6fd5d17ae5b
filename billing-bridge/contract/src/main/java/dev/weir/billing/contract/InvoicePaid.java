package dev.weir.billing.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The provider has reported the payment of an invoice that bills a period of a subscription: the fact
 * {@code billing.invoice-paid.v1} (event id = {@code <provider>:<invoice>:<subscription>}; shard of the root). It opens the
 * credit that waits for it ({@code grantOn: INVOICE_PAID}).
 *
 * @param root the owner of the wallets; null = the customer itself
 * @param subscription Weir's id
 * @param periodFrom the billed period, in Weir's own count from the subscription's anchor: [periodFrom, periodTo)
 * @param invoice the provider's id
 * @param amount what was paid, in major units
 * @param paidAt when, by the provider's clock
 */
public record InvoicePaid(
        String provider,
        String invoice,
        String customer,
        @Nullable String root,
        UUID subscription,
        Instant periodFrom,
        Instant periodTo,
        BigDecimal amount,
        String currency,
        Instant paidAt) {
    public InvoicePaid {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(invoice, "invoice");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(subscription, "subscription");
        Objects.requireNonNull(periodFrom, "periodFrom");
        Objects.requireNonNull(periodTo, "periodTo");
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(paidAt, "paidAt");
    }
}
