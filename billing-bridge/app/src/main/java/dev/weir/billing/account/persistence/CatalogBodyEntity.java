package dev.weir.billing.account.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A published plan or add-on version, as the catalog sent it. Never changes. */
@Entity
@Table(name = "catalog_body")
class CatalogBodyEntity {
    @Id
    String hash = "";

    String kind = "";
    String body = "";
}
