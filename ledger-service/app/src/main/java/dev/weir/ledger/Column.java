package dev.weir.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows, for {@code unnest}: a statement then writes a whole batch with as many parameters as the table has
 * columns. Instants travel as microseconds since 1970, see {@link #time}.
 */
public record Column(String type, @Nullable Object[] elements) {
    static final Object ABSENT = new Object();

    /** SQL that turns a column of microseconds into instants, exactly. */
    public static String time(String column) {
        return "timestamptz 'epoch' + (%1$s / 1000000) * interval '1 second' + (%1$s %% 1000000) * interval '1 microsecond'"
                .formatted(column);
    }

    /** Stands for a value that is not there, in a parameter of its own. */
    public static Object absent() {
        return ABSENT;
    }

    /** Ids. */
    public static <T> Column uuids(Collection<T> rows, Function<T, @Nullable UUID> value) {
        return of("uuid", rows, value);
    }

    /** The ids themselves. */
    public static Column uuids(Collection<UUID> ids) {
        return new Column("uuid", ids.toArray());
    }

    /** Texts. */
    public static <T> Column texts(Collection<T> rows, Function<T, @Nullable String> value) {
        return of("text", rows, value);
    }

    /** The texts themselves. */
    public static Column texts(Collection<String> texts) {
        return new Column("text", texts.toArray());
    }

    /** Bytes. */
    public static <T> Column bytes(Collection<T> rows, Function<T, byte @Nullable []> value) {
        byte[] @Nullable [] elements = new byte[rows.size()] @Nullable [];
        int i = 0;
        for (T row : rows) {
            elements[i++] = value.apply(row);
        }
        return new Column("bytea", elements);
    }

    /** Numbers. */
    public static <T> Column longs(Collection<T> rows, ToLongFunction<T> value) {
        return optionalLongs(rows, value::applyAsLong);
    }

    /** Numbers that may be absent. */
    public static <T> Column optionalLongs(Collection<T> rows, Function<T, @Nullable Long> value) {
        @Nullable Long[] elements = new @Nullable Long[rows.size()];
        int i = 0;
        for (T row : rows) {
            elements[i++] = value.apply(row);
        }
        return new Column("int8", elements);
    }

    /** Small numbers: codes and ordinals. */
    public static <T> Column ints(Collection<T> rows, ToIntFunction<T> value) {
        Integer[] elements = new Integer[rows.size()];
        int i = 0;
        for (T row : rows) {
            elements[i++] = value.applyAsInt(row);
        }
        return new Column("int4", elements);
    }

    /** Truth values. */
    public static <T> Column booleans(Collection<T> rows, Function<T, Boolean> value) {
        Boolean[] elements = new Boolean[rows.size()];
        int i = 0;
        for (T row : rows) {
            elements[i++] = value.apply(row);
        }
        return new Column("bool", elements);
    }

    /** Instants, as microseconds. */
    public static <T> Column times(Collection<T> rows, Function<T, @Nullable Instant> value) {
        return optionalLongs(rows, row -> micros(value.apply(row)));
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static <T> Column of(String type, Collection<T> rows, Function<T, ? extends @Nullable Object> value) {
        @Nullable Object[] elements = new @Nullable Object[rows.size()];
        int i = 0;
        for (T row : rows) {
            elements[i++] = value.apply(row);
        }
        return new Column(type, elements);
    }
}
