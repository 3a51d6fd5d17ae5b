package dev.weir.catalog.publication.domain;

import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.catalog.publication.domain.TouchedVersion.Fate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions a publication touches.
 *
 * @param countedAt when the latest of the counts was made; null if none is known
 * @param stays how many keep an older version of a plan
 * @param moves how many get the version in force
 * @param versions by kind, key and version
 */
public record Touched(@Nullable Instant countedAt, long stays, long moves, List<TouchedVersion> versions) {

    public Touched {
        versions = List.copyOf(versions);
    }

    /** Sums up. A subscription is counted once, by its plan. */
    public static Touched of(@Nullable Instant countedAt, List<TouchedVersion> versions) {
        return new Touched(countedAt, plans(versions, Fate.STAYS), plans(versions, Fate.MOVES), versions);
    }

    private static long plans(List<TouchedVersion> versions, Fate fate) {
        return versions.stream()
                .filter(each -> each.kind() == EntryKind.PLAN && each.fate() == fate)
                .mapToLong(TouchedVersion::subscriptions)
                .sum();
    }
}
