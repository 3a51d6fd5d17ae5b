package dev.weir.ledger.posting.domain;

import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identities of charges. */
public final class Charges {
    /** The source of a settle that names no event; the id is the reservation's. */
    public static final String OWN_SOURCE = "weir:reservation";

    private Charges() {}

    /** The charge of an event, not charged yet. */
    public static Charge of(
            String source,
            String id,
            String feature,
            @Nullable String type,
            String customer,
            @Nullable String resource,
            @Nullable Map<String, String> data,
            @Nullable Instant time) {
        return new Charge(
                key(source, id, feature),
                digest((type == null ? "" : type) + "\n" + customer + "\n" + (resource == null ? "" : resource)),
                data == null ? null : digest(CanonicalJson.write(new TreeMap<>(data))),
                time == null ? null : time.truncatedTo(ChronoUnit.MICROS),
                null,
                null,
                0);
    }

    /** The event id of what is reported after a capture, where the report names no event. */
    public static String afterCapture(UUID reservation) {
        return reservation + ":late";
    }

    /** The key of (source, id, feature). */
    public static byte[] key(String source, String id, String feature) {
        return digest(source.length() + "\n" + source + "\n" + id.length() + "\n" + id + "\n" + feature);
    }

    private static byte[] digest(String text) {
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
