package dev.weir.entitlement.migration.rest;

import dev.weir.entitlement.input.domain.Faults;
import org.jspecify.annotations.Nullable;

/** Why a migration is taken back. */
public record UndoRequest(@Nullable String reason) {
    String why() {
        Faults faults = new Faults();
        faults.text("reason", reason);
        faults.refuse();
        return reason == null ? "undo" : reason;
    }
}
