package dev.weir.ledger.posting.app;

import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.domain.CustomerView;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.posting.persistence.WalletTables;
import dev.weir.ledger.wallet.domain.WalletKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every wallet that a root customer has or that its snapshot speaks of. */
@ApplicationScoped
public class NamedWallets {
    private final Directory directory;
    private final WalletTables tables;

    NamedWallets(Directory directory, WalletTables tables) {
        this.directory = directory;
        this.tables = tables;
    }

    /** The wallets, existing ones first; the snapshot may be unknown. */
    public List<WalletSpec> of(Connection connection, String root, @Nullable CustomerView view, Instant at)
            throws SQLException {
        Map<UUID, WalletSpec> all = new LinkedHashMap<>();
        tables.walletsOf(connection, root).forEach(spec -> all.put(spec.key().id(), spec));
        if (view != null) {
            named(root, view, at).forEach(spec -> all.putIfAbsent(spec.key().id(), spec));
        }
        return List.copyOf(all.values());
    }

    private List<WalletSpec> named(String root, CustomerView view, Instant at) {
        List<WalletSpec> specs = new ArrayList<>();
        List<@Nullable String> resources = new ArrayList<>();
        resources.add(null);
        for (SubscriptionPart subscription : view.snapshot().subscriptions()) {
            if (subscription.resource() != null && !resources.contains(subscription.resource())) {
                resources.add(subscription.resource());
            }
        }
        for (@Nullable String resource : resources) {
            Resolution.all(view.snapshot(), view.bodies(), resource, at)
                    .values()
                    .forEach(feature -> add(specs, root, feature));
        }
        Resolution.credits(view.snapshot(), view.bodies(), at, at.plusSeconds(1))
                .forEach(credit -> specs.add(new WalletSpec(
                        new WalletKey(root, credit.grant().unit(), null), WalletKind.CREDIT, credit.unitScale())));
        return specs;
    }

    private void add(List<WalletSpec> specs, String root, ResolvedFeature feature) {
        FeatureDefinition definition = feature.definition();
        if (!feature.granted()) {
            return;
        }
        if (definition.type() == FeatureType.METERED && feature.limit() != null) {
            specs.add(new WalletSpec(
                    new WalletKey(root, feature.feature(), feature.resource()), WalletKind.LIMIT, definition.scale()));
            if (feature.then() != null) {
                credit(specs, root, feature.then().unit());
            }
        } else if (definition.type() == FeatureType.CREDIT && definition.creditUnit() != null) {
            credit(specs, root, definition.creditUnit());
        }
    }

    private void credit(List<WalletSpec> specs, String root, String unit) {
        directory
                .creditScale(unit)
                .ifPresent(
                        scale -> specs.add(new WalletSpec(new WalletKey(root, unit, null), WalletKind.CREDIT, scale)));
    }
}
