package dev.weir.platform.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The two ways Weir makes an id: a new one that sorts by time, and one that follows from a name. */
public final class Ids {

    private Ids() {}

    /** A new UUIDv7: unique, and sorted by the time it was made. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /**
     * The id that belongs to a name: the same name always has the same id. It is a version 8 UUID made of the first 128
     * bits of the name's SHA-256.
     */
    public static UUID of(String name) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (digest.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        long low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
