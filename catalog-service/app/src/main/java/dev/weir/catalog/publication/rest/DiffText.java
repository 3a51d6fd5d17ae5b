package dev.weir.catalog.publication.rest;

import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.diff.domain.Effect;
import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.catalog.diff.domain.FieldChange;
import dev.weir.catalog.diff.domain.Generosity;
import dev.weir.catalog.publication.app.Applied;
import dev.weir.catalog.publication.domain.TouchedVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A diff as a page to read: {@code +} is added, {@code -} is retired, {@code ~} is changed; below a change what it does for
 * customers, then every member that is different.
 */
final class DiffText {

    private final StringBuilder text = new StringBuilder();

    private DiffText() {}

    /** What became of a document. */
    static String of(Applied applied) {
        DiffText page = new DiffText();
        page.line(headline(applied));
        page.changes(applied.changes());
        if (applied.changed()) {
            page.touched(applied);
        }
        return page.text.toString();
    }

    /** What is different between two versions. */
    static String of(long from, long to, List<Change> changes) {
        DiffText page = new DiffText();
        page.line("Catalog version " + from + " -> " + to + (changes.isEmpty() ? ": no difference" : ""));
        page.changes(changes);
        return page.text.toString();
    }

    private static String headline(Applied applied) {
        if (!applied.changed()) {
            return "Catalog version " + applied.version() + ": no difference, nothing was published";
        }
        String why = applied.reason() == null ? "" : ", because: " + applied.reason();
        return "Catalog version " + applied.before() + " -> " + applied.version() + ", for " + applied.rollout()
                + (applied.dryRun() ? " (dry run: nothing was published)" : "") + why;
    }

    private void changes(List<Change> changes) {
        for (Change change : changes) {
            line("");
            line(sign(change) + " " + kind(change.kind()) + " " + change.key() + versions(change)
                    + generosity(change.generosity()));
            change.effects().forEach(this::effect);
            change.fields().forEach(this::field);
        }
    }

    private void effect(Effect effect) {
        line("    %-7s  %s".formatted(effect.generosity(), effect.detail()));
    }

    private void field(FieldChange field) {
        line("    " + field.path() + ": " + word(field.from()) + " -> " + word(field.to()));
    }

    private void touched(Applied applied) {
        line("");
        if (applied.touched().versions().isEmpty()) {
            line("No subscription is touched.");
            return;
        }
        line("Subscriptions: " + applied.touched().moves() + " move, "
                + applied.touched().stays() + " stay (counted at "
                + applied.touched().countedAt() + ")");
        for (TouchedVersion version : applied.touched().versions()) {
            String fate = switch (version.fate()) {
                case STAYS -> "stay";
                case MOVES -> "move to version " + version.becomes() + generosity(version.generosity());
            };
            line("    " + version.subscriptions() + " on " + kind(version.kind()) + " " + version.key() + " version "
                    + version.version() + " " + fate);
        }
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private static char sign(Change change) {
        return switch (change.change()) {
            case ADDED -> '+';
            case CHANGED -> '~';
            case RETIRED -> '-';
        };
    }

    private static String kind(EntryKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String versions(Change change) {
        Integer from = change.from();
        Integer to = change.to();
        if (from == null && to == null) {
            return "";
        }
        return "  version " + (from == null ? "" : from + " -> ") + (to == null ? "retired" : to);
    }

    private static String generosity(@Nullable Generosity generosity) {
        return switch (generosity) {
            case MORE -> ": more generous";
            case LESS -> ": less generous";
            case MIXED -> ": more generous in part, less in part";
            case NEUTRAL -> ": neither more nor less generous";
            case null -> "";
        };
    }

    private static String word(@Nullable String value) {
        return value == null ? "(none)" : value;
    }
}
