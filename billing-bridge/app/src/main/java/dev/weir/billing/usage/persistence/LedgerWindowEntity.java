package dev.weir.billing.usage.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The ledger's latest word on a window. */
@Entity
@Table(name = "ledger_window")
class LedgerWindowEntity {
    @Id
    @Column(name = "window_id")
    UUID windowId = new UUID(0, 0);

    long revision;
    String customer = "";
    String feature = "";

    @Column(name = "start_at")
    Instant startAt = Instant.EPOCH;

    String body = "";

    /** Whether what is to be billed of this revision has been planned. */
    boolean planned;
}
