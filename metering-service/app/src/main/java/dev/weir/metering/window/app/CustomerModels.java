package dev.weir.metering.window.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.customer.app.CustomerService;
import dev.weir.metering.window.domain.CustomerModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The models that customers' usage is counted by, as of the snapshots and the catalog applied; the last used are remembered. */
@ApplicationScoped
public class CustomerModels {

    private static final int MOST_REMEMBERED = 2_000;

    private final CustomerService customers;
    private final CatalogReadModel catalog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Remembered(long snapshotVersion, long catalogVersion, CustomerModel model) {}

    CustomerModels(CustomerService customers, CatalogReadModel catalog) {
        this.customers = customers;
        this.catalog = catalog;
    }

    /** The model of one customer. */
    public CustomerModel of(String customer) {
        return Objects.requireNonNull(of(List.of(customer)).get(customer));
    }

    /** The models of customers, known or not. */
    public Map<String, CustomerModel> of(Collection<String> names) {
        CatalogInForce inForce = catalog.inForce().orElse(null);
        long catalogVersion = inForce == null ? 0 : inForce.version();
        Map<String, Long> versions = customers.versions(names);
        Map<String, CustomerModel> models = new HashMap<>();
        for (String name : names) {
            long version = versions.getOrDefault(name, 0L);
            Remembered known = recall(name);
            if (known == null || known.snapshotVersion() != version || known.catalogVersion() != catalogVersion) {
                CustomerSnapshot snapshot =
                        version == 0 ? null : customers.snapshot(name).orElse(null);
                long loaded = snapshot == null ? 0 : snapshot.version();
                known = new Remembered(loaded, catalogVersion, new CustomerModel(name, snapshot, inForce, catalog));
                remember(name, known);
            }
            models.put(name, known.model());
        }
        return models;
    }

    private @Nullable Remembered recall(String customer) {
        lock.lock();
        try {
            return remembered.get(customer);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String customer, Remembered fresh) {
        lock.lock();
        try {
            remembered.put(customer, fresh);
        } finally {
            lock.unlock();
        }
    }
}
