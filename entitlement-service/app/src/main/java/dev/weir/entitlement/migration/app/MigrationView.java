package dev.weir.entitlement.migration.app;

import dev.weir.entitlement.migration.domain.Migration;
import dev.weir.entitlement.migration.domain.Progress;

/** A migration and how far it is. */
public record MigrationView(Migration migration, Progress progress) {}
