package dev.weir.ledger.seal.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A proof that anyone can check with SHA-256 and Ed25519. Hashes in hex, encodings and keys in base64.
 *
 * @param row the row in words; its encoding is the first of {@code chain}
 * @param previousHash hash = SHA-256(previous hash, encoding), along the chain, ends at the leaf's headHash
 * @param leaf SHA-256 of 0x00, 0x01, wallet, seq, headHash is where the path begins
 * @param path SHA-256 of 0x01, left, right; ends at the seal's root
 */
public record ProofResponse(
        Row row,
        String previousHash,
        List<String> chain,
        Leaf leaf,
        List<Step> path,
        SealResponse seal,
        String publicKey) {

    /** The proven row; amounts in atoms. */
    public record Row(
            UUID wallet,
            long seq,
            String customer,
            String kind,
            String from,
            String to,
            String amount,
            Instant postedAt,
            String hash) {}

    /** A wallet's head in the seal. */
    public record Leaf(UUID wallet, long seq, String headHash) {}

    /** The other hash of a step, and on which side it stands. */
    public record Step(String side, String hash) {}

    /** A seal; its hash is over "weir seal v1", number, microseconds, leaves, root and previous, and is what is signed. */
    public record SealResponse(
            long seal,
            Instant sealedAt,
            long leaves,
            String root,
            String previous,
            String hash,
            String signature,
            String keyId) {}
}
