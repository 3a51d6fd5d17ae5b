package dev.weir.billing.usage.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A window on which the others do not agree, or did not. */
@Entity
@Table(name = "window_exception")
class WindowExceptionEntity {
    @Id
    @Column(name = "window_id")
    UUID windowId = new UUID(0, 0);

    long version;
    String customer = "";
    String feature = "";

    @Column(name = "start_at")
    Instant startAt = Instant.EPOCH;

    String body = "";
    boolean open;
}
