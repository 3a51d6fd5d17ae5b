package dev.weir.billing.usage.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.contract.WindowException;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The read model of windows: metering's word and the ledger's, each as it was sent, kept apart. Reconciliation compares
 * the two; neither is ever derived from the other. Call within a transaction.
 */
@ApplicationScoped
public class Windows {
    private final EntityManager entities;

    @Inject
    public Windows(EntityManager entities) {
        this.entities = entities;
    }

    /** Stores a window of metering; answers whether it is newer than what was known. */
    public boolean store(dev.weir.metering.contract.WindowClosed window) {
        MeteringWindowEntity entity =
                entities.find(MeteringWindowEntity.class, window.windowId(), LockModeType.PESSIMISTIC_WRITE);
        if (entity != null && entity.revision >= window.revision()) {
            return false;
        }
        boolean isNew = entity == null;
        MeteringWindowEntity target = entity == null ? new MeteringWindowEntity() : entity;
        target.windowId = window.windowId();
        target.revision = window.revision();
        target.customer = window.customer();
        target.feature = window.feature();
        target.startAt = window.start();
        target.body = write(window);
        target.planned = !window.unlimited();
        if (isNew) {
            entities.persist(target);
        }
        return true;
    }

    /** Stores a window of the ledger; answers whether it is newer than what was known. */
    public boolean store(dev.weir.ledger.contract.WindowClosed window) {
        LedgerWindowEntity entity =
                entities.find(LedgerWindowEntity.class, window.windowId(), LockModeType.PESSIMISTIC_WRITE);
        if (entity != null && entity.revision >= window.revision()) {
            return false;
        }
        boolean isNew = entity == null;
        LedgerWindowEntity target = entity == null ? new LedgerWindowEntity() : entity;
        target.windowId = window.windowId();
        target.revision = window.revision();
        target.customer = window.customer();
        target.feature = window.feature();
        target.startAt = window.start();
        target.body = write(window);
        target.planned = false;
        if (isNew) {
            entities.persist(target);
        }
        return true;
    }

    /** Stores the state of an exception. */
    public void store(WindowException exception, long version) {
        WindowExceptionEntity entity = entities.find(WindowExceptionEntity.class, exception.windowId());
        boolean isNew = entity == null;
        WindowExceptionEntity target = entity == null ? new WindowExceptionEntity() : entity;
        target.windowId = exception.windowId();
        target.version = version;
        target.customer = exception.customer();
        target.feature = exception.feature();
        target.startAt = exception.start();
        target.open = exception.open();
        target.body = write(exception);
        if (isNew) {
            entities.persist(target);
        }
    }

    /** Ledger windows whose billing has not been planned. */
    public List<UUID> unplannedLedger(int limit) {
        return entities.createQuery("select w.windowId from LedgerWindowEntity w where not w.planned", UUID.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Metering windows whose billing has not been planned. */
    public List<UUID> unplannedMetering(int limit) {
        return entities.createQuery("select w.windowId from MeteringWindowEntity w where not w.planned", UUID.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Locks and reads a ledger window. */
    public dev.weir.ledger.contract.WindowClosed lockLedger(UUID windowId) {
        return read(
                entities.find(LedgerWindowEntity.class, windowId, LockModeType.PESSIMISTIC_WRITE).body,
                dev.weir.ledger.contract.WindowClosed.class);
    }

    /** Locks and reads a metering window. */
    public dev.weir.metering.contract.WindowClosed lockMetering(UUID windowId) {
        return read(
                entities.find(MeteringWindowEntity.class, windowId, LockModeType.PESSIMISTIC_WRITE).body,
                dev.weir.metering.contract.WindowClosed.class);
    }

    /** Marks a ledger window planned. */
    public void ledgerPlanned(UUID windowId) {
        entities.find(LedgerWindowEntity.class, windowId).planned = true;
    }

    /** Marks a metering window planned. */
    public void meteringPlanned(UUID windowId) {
        entities.find(MeteringWindowEntity.class, windowId).planned = true;
    }

    /** Metering's windows that start in [from, to). */
    public List<dev.weir.metering.contract.WindowClosed> metering(Instant from, Instant to) {
        return bodies("MeteringWindowEntity", from, to, "").stream()
                .map(body -> read(body, dev.weir.metering.contract.WindowClosed.class))
                .toList();
    }

    /** The ledger's windows that start in [from, to). */
    public List<dev.weir.ledger.contract.WindowClosed> ledger(Instant from, Instant to) {
        return bodies("LedgerWindowEntity", from, to, "").stream()
                .map(body -> read(body, dev.weir.ledger.contract.WindowClosed.class))
                .toList();
    }

    /** Open exceptions on windows that start in [from, to). */
    public List<WindowException> openExceptions(Instant from, Instant to) {
        return bodies("WindowExceptionEntity", from, to, " and w.open").stream()
                .map(body -> read(body, WindowException.class))
                .toList();
    }

    private List<String> bodies(String entity, Instant from, Instant to, String condition) {
        return entities.createQuery(
                        "select w.body from " + entity + " w where w.startAt >= ?1 and w.startAt < ?2" + condition
                                + " order by w.startAt, w.customer, w.feature",
                        String.class)
                .setParameter(1, from)
                .setParameter(2, to)
                .getResultList();
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
