package dev.weir.catalog.publication.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.catalog.diff.domain.Effect;
import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.catalog.diff.domain.Generosity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that hold another version of a plan or add-on than the one that a publication puts in force.
 *
 * @param kind PLAN or ADDON
 * @param version what they hold
 * @param fate what becomes of them
 * @param becomes the version that they get; null if they stay
 * @param generosity what the move does for them; null if they stay
 * @param effects what becomes more or less generous for those that move
 */
public record TouchedVersion(
        EntryKind kind,
        String key,
        int version,
        long subscriptions,
        Fate fate,
        @Nullable Integer becomes,
        @Nullable Generosity generosity,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Effect> effects) {

    /** What becomes of the subscriptions. */
    public enum Fate {
        /** They keep their version. */
        STAYS,
        /** They get the version in force, in the background. */
        MOVES
    }

    public TouchedVersion {
        effects = List.copyOf(effects);
    }
}
