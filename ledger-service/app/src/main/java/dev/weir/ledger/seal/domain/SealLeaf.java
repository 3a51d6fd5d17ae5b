package dev.weir.ledger.seal.domain;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A wallet's head as a seal holds it.
 *
 * @param seq of the wallet's last row then
 * @param headHash that row's hash
 */
public record SealLeaf(UUID wallet, long seq, byte[] headHash) {

    /** The bytes that the Merkle tree is built over: a version byte 1, the wallet, the sequence number, the hash. */
    public byte[] bytes() {
        return ByteBuffer.allocate(1 + 16 + 8 + headHash.length)
                .put((byte) 1)
                .putLong(wallet.getMostSignificantBits())
                .putLong(wallet.getLeastSignificantBits())
                .putLong(seq)
                .put(headHash)
                .array();
    }
}
