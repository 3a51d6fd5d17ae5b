package dev.weir.billing.account.app;

import dev.weir.billing.account.persistence.Accounts;
import dev.weir.entitlement.contract.SubscriptionPart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who pays. Call within a transaction. */
@ApplicationScoped
public class Payers {
    private final Accounts accounts;

    @Inject
    public Payers(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The customer itself, or the ancestor that shares the subscription with it. */
    public String of(String customer, @Nullable UUID subscription) {
        if (subscription == null) {
            return customer;
        }
        return accounts.snapshot(customer).stream()
                .flatMap(snapshot -> snapshot.subscriptions().stream())
                .filter(part -> part.id().equals(subscription))
                .map(SubscriptionPart::owner)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(customer);
    }
}
