package dev.weir.metering.customer.app;

import dev.weir.entitlement.contract.CustomerSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where snapshots are kept; everything in the caller's transaction. */
public interface SnapshotRows {

    /** Keeps a snapshot unless a later one is here; false if it is. */
    boolean receive(CustomerSnapshot snapshot);

    /** Notes which bodies a customer's snapshot waits for, instead of what was noted before. */
    void await(String customer, Collection<String> hashes);

    /** Nobody waits for this body any more. */
    void arrived(String hash);

    /** Customers whose latest snapshot waits for nothing but to be applied. */
    List<String> ready(int limit);

    /** The latest snapshot received. */
    Optional<CustomerSnapshot> received(String customer);

    /** The snapshot that usage is counted by. */
    Optional<CustomerSnapshot> applied(String customer);

    /** Lets the latest snapshot received be the one that usage is counted by. */
    void apply(String customer);

    /** The versions of the applied snapshots of those customers that have one. */
    Map<String, Long> appliedVersions(Collection<String> customers);
}
