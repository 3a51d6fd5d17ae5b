package dev.weir.catalog.publication.persistence;

/** Which published bodies: each kind has a table of its own, of the same shape. */
public enum BodyKind {
    PLAN("plan_version"),
    ADDON("addon_version");

    private final String table;

    BodyKind(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }
}
