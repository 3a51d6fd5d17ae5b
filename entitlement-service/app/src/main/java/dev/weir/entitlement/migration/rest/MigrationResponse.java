package dev.weir.entitlement.migration.rest;

import dev.weir.catalog.contract.UsageOnChange;
import dev.weir.entitlement.migration.app.MigrationView;
import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.domain.Progress;
import dev.weir.entitlement.migration.domain.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A migration.
 *
 * @param scope with neither customers nor cohort it is about everyone
 * @param undoes the migration that this one takes back: then the target is what it came from
 * @param undoneBy the migration that takes this one back
 */
public record MigrationResponse(
        UUID id,
        Status status,
        Scope scope,
        Target target,
        String when,
        boolean allowMidPeriodDrop,
        UsageOnChange usage,
        String reason,
        Progress progress,
        Instant createdAt,
        String createdBy,
        @Nullable UUID undoes,
        @Nullable UUID undoneBy,
        @Nullable Instant canceledAt,
        @Nullable String canceledBy) {

    /** RUNNING: there is work to do; SCHEDULED: some moves take effect later; DONE; CANCELED: what could be. */
    public enum Status {
        RUNNING,
        SCHEDULED,
        DONE,
        CANCELED
    }

    /** A plan version. */
    public record Target(String plan, int version) {}

    static MigrationResponse of(MigrationView view) {
        Migration migration = view.migration();
        return new MigrationResponse(
                migration.id(),
                status(view),
                new Scope(
                        migration.scope().customers(),
                        migration.scope().cohort(),
                        migration.plan(),
                        migration.scope().fromVersions()),
                new Target(migration.target().plan(), migration.target().version()),
                migration.when().text(),
                migration.allowDrop(),
                migration.usage(),
                migration.reason(),
                view.progress(),
                migration.createdAt(),
                migration.createdBy(),
                migration.undoes(),
                migration.undoneBy(),
                migration.canceledAt(),
                migration.canceledBy());
    }

    private static Status status(MigrationView view) {
        if (view.progress().pending() > 0) {
            return Status.RUNNING;
        }
        if (view.migration().canceledAt() != null) {
            return Status.CANCELED;
        }
        return view.progress().scheduled() > 0 ? Status.SCHEDULED : Status.DONE;
    }
}
