package dev.weir.ledger.posting.domain;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The key under which an operation takes effect at most once, and the fingerprint of what was asked under it.
 *
 * @param bytes SHA-256 of the scope and the key
 * @param fingerprint SHA-256 of the canonical request
 * @param lasting whether the answer is stored under it; false for a key made up for one call
 * @param conflict the code of the problem when something else was asked under it
 */
public record OpKey(byte[] bytes, byte[] fingerprint, boolean lasting, String conflict) {

    /** Short text for the journal. */
    public String text() {
        return HexFormat.of().formatHex(bytes, 0, 16);
    }

    /** Whether the same was asked. */
    public boolean sameRequest(byte[] other) {
        return Arrays.equals(fingerprint, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpKey key
                && Arrays.equals(bytes, key.bytes)
                && Arrays.equals(fingerprint, key.fingerprint);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
