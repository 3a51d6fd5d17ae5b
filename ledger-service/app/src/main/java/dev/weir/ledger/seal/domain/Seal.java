package dev.weir.ledger.seal.domain;

import dev.weir.platform.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A signed statement of where wallets stood, chained to the one before.
 *
 * @param number counts from 1 without gap
 * @param leaves how many wallets
 * @param root of the Merkle tree over them
 * @param previous the hash of the seal before, or {@link #genesis()}
 * @param hash of all of the above
 * @param signature Ed25519 over the hash
 */
public record Seal(
        long number,
        Instant sealedAt,
        long leaves,
        byte[] root,
        byte[] previous,
        byte[] hash,
        byte[] signature,
        String keyId) {

    private static final byte[] PREFIX = "weir seal v1".getBytes(StandardCharsets.US_ASCII);

    /** What the first seal is chained to. */
    public static byte[] genesis() {
        return Sha256.digest("weir seal chain v1".getBytes(StandardCharsets.US_ASCII));
    }

    /** The hash that is signed: over the prefix, the number, the time in microseconds, the leaves, the root and the previous. */
    public static byte[] hashOf(long number, Instant sealedAt, long leaves, byte[] root, byte[] previous) {
        return Sha256.digest(ByteBuffer.allocate(PREFIX.length + 24 + root.length + previous.length)
                .put(PREFIX)
                .putLong(number)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, sealedAt))
                .putLong(leaves)
                .put(root)
                .put(previous)
                .array());
    }

    /** The hash as it must be. */
    public byte[] expectedHash() {
        return hashOf(number, sealedAt, leaves, root, previous);
    }
}
