package dev.weir.billing.account.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.platform.kernel.Json;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The bridge's read model of customers and of catalog bodies. Call within a transaction. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<CustomerEntity, String> {
    private static final String PLAN = "PLAN";
    private static final String ADDON = "ADDON";

    /** Stores the snapshot; its billing objects still have to be planned. */
    public void store(CustomerSnapshot snapshot) {
        CustomerEntity entity = findByIdOptional(snapshot.customer()).orElseGet(CustomerEntity::new);
        boolean isNew = entity.customer.isEmpty();
        entity.customer = snapshot.customer();
        entity.root = snapshot.root();
        entity.version = snapshot.version();
        entity.snapshot = write(snapshot);
        if (isNew) {
            persist(entity);
        }
    }

    /** The latest snapshot of a customer. */
    public Optional<CustomerSnapshot> snapshot(String customer) {
        return findByIdOptional(customer).map(entity -> read(entity.snapshot, CustomerSnapshot.class));
    }

    /** Locks a customer and answers its snapshot if its billing objects are not planned up to it. */
    public Optional<CustomerSnapshot> lockUnplanned(String customer) {
        CustomerEntity entity = findById(customer, LockModeType.PESSIMISTIC_WRITE);
        return entity == null || entity.plannedVersion >= entity.version
                ? Optional.empty()
                : Optional.of(read(entity.snapshot, CustomerSnapshot.class));
    }

    /** Marks a customer planned up to a version. */
    public void planned(String customer, long version) {
        findById(customer).plannedVersion = version;
    }

    /** Whether a customer is known and planned up to its latest snapshot. */
    public boolean planned(String customer) {
        return findByIdOptional(customer)
                .filter(entity -> entity.plannedVersion >= entity.version)
                .isPresent();
    }

    /** Customers whose objects wait to be planned (a body had not arrived). */
    public List<String> unplanned(int limit) {
        return find("plannedVersion < version order by customer").page(0, limit).list().stream()
                .map(entity -> entity.customer)
                .toList();
    }

    /** Every customer, by id, after the given one. */
    public List<String> customers(String after, int limit) {
        return find("customer > ?1 order by customer", after).page(0, limit).list().stream()
                .map(entity -> entity.customer)
                .toList();
    }

    /** Stores a plan body once. */
    public void store(PlanVersion plan) {
        storeBody(plan.hash(), PLAN, write(plan));
    }

    /** Stores an add-on body once. */
    public void store(AddonVersion addon) {
        storeBody(addon.hash(), ADDON, write(addon));
    }

    /** A plan body, if it has arrived. */
    public Optional<PlanVersion> plan(String hash) {
        return body(hash, PLAN).map(text -> read(text, PlanVersion.class));
    }

    /** An add-on body, if it has arrived. */
    public Optional<AddonVersion> addon(String hash) {
        return body(hash, ADDON).map(text -> read(text, AddonVersion.class));
    }

    private void storeBody(String hash, String kind, String text) {
        if (getEntityManager().find(CatalogBodyEntity.class, hash) == null) {
            CatalogBodyEntity entity = new CatalogBodyEntity();
            entity.hash = hash;
            entity.kind = kind;
            entity.body = text;
            getEntityManager().persist(entity);
        }
    }

    private Optional<String> body(String hash, String kind) {
        return Optional.ofNullable(getEntityManager().find(CatalogBodyEntity.class, hash))
                .filter(entity -> entity.kind.equals(kind))
                .map(entity -> entity.body);
    }

    private static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a contract record cannot be written as JSON", broken);
        }
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return Json.lenientMapper().readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", broken);
        }
    }
}
