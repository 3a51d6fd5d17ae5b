package dev.weir.ledger.reservation.app;

import dev.weir.ledger.directory.app.Directory;
import dev.weir.ledger.directory.persistence.DirectoryTables.Head;
import dev.weir.ledger.posting.app.Answer;
import dev.weir.ledger.posting.app.Answers;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.LedgerReads;
import dev.weir.ledger.posting.app.Result;
import dev.weir.ledger.posting.domain.Measure;
import dev.weir.ledger.posting.domain.OnLapse;
import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.UsageEvent;
import dev.weir.ledger.posting.persistence.HoldTables.Owner;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reservations as callers see them: waits for what is on its way here, then lets a lane decide. */
@ApplicationScoped
public class Reservations {
    private final Directory directory;
    private final KeyWait keyWait;
    private final Lanes lanes;
    private final LedgerReads reads;

    Reservations(Directory directory, KeyWait keyWait, Lanes lanes, LedgerReads reads) {
        this.directory = directory;
        this.keyWait = keyWait;
        this.lanes = lanes;
        this.reads = reads;
    }

    /** Holds what a use may cost. */
    public Result reserve(
            String customer,
            String feature,
            @Nullable String resource,
            Measure measure,
            @Nullable Measure atLeast,
            Duration expiresIn,
            @Nullable OnLapse onLapse,
            List<OpKey> keys,
            String actor) {
        Optional<Head> head = keyWait.forValue(() -> directory.head(customer));
        if (head.isPresent() && directory.catalog().features().get(feature) == null) {
            // The catalog may be as new as the customer: wait for it, before a lane and without a connection.
            keyWait.forValue(() -> known(head.get(), feature, resource));
        }
        String root = head.map(Head::root).orElse(customer);
        return lanes.submit(new Operation.Reserve(
                Ids.next(),
                root,
                customer,
                feature,
                resource,
                measure,
                atLeast,
                expiresIn,
                onLapse,
                Ids.next(),
                keys,
                actor));
    }

    private Optional<Boolean> known(Head head, String feature, @Nullable String resource) {
        return directory.feature(feature).isPresent() || reads.entitled(head.customer(), feature, resource)
                ? Optional.of(true)
                : Optional.empty();
    }

    /** Holds more. */
    public Result extend(UUID reservation, Measure measure, List<OpKey> keys, String actor) {
        Owner owner = owner(reservation);
        return lanes.submit(
                new Operation.Extend(reservation, owner.root(), owner.customer(), measure, Ids.next(), keys, actor));
    }

    /** Books what was used. */
    public Result settle(
            UUID reservation, Measure measure, @Nullable UsageEvent event, List<OpKey> keys, String actor) {
        Owner owner = owner(reservation);
        return lanes.submit(new Operation.Settle(
                reservation, owner.root(), owner.customer(), measure, event, Ids.next(), keys, actor));
    }

    /** Gives everything back. */
    public Result release(UUID reservation, List<OpKey> keys, String actor) {
        Owner owner = owner(reservation);
        return lanes.submit(
                new Operation.Release(reservation, owner.root(), owner.customer(), Ids.next(), keys, actor));
    }

    /** A reservation as it stands. */
    public Result read(UUID reservation) {
        return reads.reservation(reservation)
                .map(body -> new Result(null, Answer.ok(200, body), List.of()))
                .orElseGet(() -> new Result(null, Answers.of(unknown(reservation)), List.of()));
    }

    private Owner owner(UUID reservation) {
        return reads.owner(reservation).orElseThrow(() -> unknown(reservation));
    }

    private static Problem unknown(UUID reservation) {
        return Problem.notFound("UNKNOWN_RESERVATION", "no reservation " + reservation);
    }
}
