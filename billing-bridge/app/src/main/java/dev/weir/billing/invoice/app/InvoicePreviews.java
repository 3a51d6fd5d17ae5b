package dev.weir.billing.invoice.app;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import dev.weir.billing.sync.persistence.RemoteObjects;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.kernel.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the provider for the next invoice of each synced subscription of a customer. */
@ApplicationScoped
public class InvoicePreviews {
    private final Accounts accounts;
    private final RemoteObjects remote;
    private final BillingProvider provider;

    @Inject
    public InvoicePreviews(Accounts accounts, RemoteObjects remote, BillingProvider provider) {
        this.accounts = accounts;
        this.remote = remote;
        this.provider = provider;
    }

    /** A subscription's next invoice at the provider. */
    public record SubscriptionPreview(String subscription, String product, BillingProvider.InvoicePreview invoice) {}

    /** The previews. */
    public List<SubscriptionPreview> of(String customer) {
        record Target(Optional<String> customerId, Map<String, String[]> subscriptions) {}
        Target target = QuarkusTransaction.requiringNew().call(() -> {
            CustomerSnapshot snapshot = accounts.snapshot(customer)
                    .orElseThrow(() -> Problem.notFound("UNKNOWN_CUSTOMER", "no customer " + customer));
            Map<String, String[]> subscriptions = new TreeMap<>();
            snapshot.subscriptions()
                    .forEach(subscription -> remote.find(
                                    Kind.SUBSCRIPTION, subscription.id().toString())
                            .ifPresent(id -> subscriptions.put(
                                    subscription.id().toString(), new String[] {id, subscription.product()})));
            return new Target(remote.find(Kind.CUSTOMER, customer), subscriptions);
        });
        List<SubscriptionPreview> previews = new ArrayList<>();
        target.customerId()
                .ifPresent(customerId -> target.subscriptions()
                        .forEach((subscription, found) -> provider.previewInvoice(customerId, found[0])
                                .ifPresent(invoice ->
                                        previews.add(new SubscriptionPreview(subscription, found[1], invoice)))));
        return previews;
    }
}
