package dev.weir.catalog.diff.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying a document does to one thing of the catalog.
 *
 * @param from of a plan or add-on: the version in force before; null if there was none
 * @param to of a plan or add-on: the version in force after; null if it is retired
 * @param fields for CHANGED: what is different, member by member
 * @param generosity for a CHANGED plan or add-on: its effects in one word
 * @param effects for a CHANGED plan or add-on: what becomes more or less generous
 */
public record Change(
        EntryKind kind,
        String key,
        Type change,
        @Nullable Integer from,
        @Nullable Integer to,
        List<FieldChange> fields,
        @Nullable Generosity generosity,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Effect> effects) {

    /** What happens to it. */
    public enum Type {
        ADDED,
        CHANGED,
        RETIRED
    }

    public Change {
        fields = List.copyOf(fields);
        effects = effects == null ? List.of() : List.copyOf(effects);
    }

    /** A change of which only the members are known. */
    static Change of(EntryKind kind, String key, Type change, List<FieldChange> fields) {
        return new Change(kind, key, change, null, null, fields, null, List.of());
    }

    /** The same change, between versions. */
    Change between(@Nullable Integer before, @Nullable Integer after) {
        return new Change(kind, key, change, before, after, fields, generosity, effects);
    }

    /** The same change, with what it does for customers. */
    Change with(List<Effect> found) {
        return new Change(kind, key, change, from, to, fields, OfferComparison.summary(found), found);
    }
}
