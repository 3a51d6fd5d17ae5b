package dev.weir.ledger.seal.domain;

import dev.weir.platform.kernel.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962: SHA-256, byte 0 before a leaf and 1 before two children, split at the largest power of two
 * below the number of leaves.
 */
public final class MerkleTree {

    /**
     * A step of the way from a leaf to the root.
     *
     * @param left whether the other hash stands on the left
     */
    public record Step(boolean left, byte[] hash) {}

    private MerkleTree() {}

    /** The root over leaves, of which there must be one at least. */
    public static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a tree has a leaf");
        }
        if (leaves.size() == 1) {
            return Sha256.digest(ByteBuffer.allocate(1 + leaves.getFirst().length)
                    .put((byte) 0)
                    .put(leaves.getFirst())
                    .array());
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    /** The way from a leaf to the root, from below. */
    public static List<Step> path(List<byte[]> leaves, int index) {
        List<Step> steps = new ArrayList<>();
        collect(leaves, index, steps);
        return steps;
    }

    private static void collect(List<byte[]> leaves, int index, List<Step> steps) {
        if (leaves.size() == 1) {
            return;
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, leaves.size());
        if (index < split) {
            collect(left, index, steps);
            steps.add(new Step(false, root(right)));
        } else {
            collect(right, index - split, steps);
            steps.add(new Step(true, root(left)));
        }
    }

    private static byte[] node(byte[] left, byte[] right) {
        return Sha256.digest(ByteBuffer.allocate(1 + left.length + right.length)
                .put((byte) 1)
                .put(left)
                .put(right)
                .array());
    }
}
