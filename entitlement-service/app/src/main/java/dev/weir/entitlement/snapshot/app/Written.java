package dev.weir.entitlement.snapshot.app;

/**
 * What a write did.
 *
 * @param snapshotVersion the customer's version that contains the write, changed or not
 */
public record Written<T>(T value, long snapshotVersion) {
    /** The response header that bears the version. */
    public static final String HEADER = "Weir-Snapshot-Version";
}
