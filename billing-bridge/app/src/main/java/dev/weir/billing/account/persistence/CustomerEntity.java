package dev.weir.billing.account.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A customer's latest snapshot, and how far its billing objects have been planned. */
@Entity
@Table(name = "customer")
class CustomerEntity {
    @Id
    String customer = "";

    String root = "";
    long version;
    String snapshot = "";

    @Column(name = "planned_version")
    long plannedVersion;
}
