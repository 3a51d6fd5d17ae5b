package dev.weir.ledger.seal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.platform.kernel.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static List<byte[]> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("leaf " + i).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] hash(int prefix, byte[]... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1_000).put((byte) prefix);
        for (byte[] part : parts) {
            bytes.put(part);
        }
        byte[] used = new byte[bytes.position()];
        bytes.flip().get(used);
        return Sha256.digest(used);
    }

    /** The tree over one empty leaf, as RFC 6962's test vectors have it. */
    @Test
    void isTheTreeOfTheStandard() {
        assertThat(HexFormat.of().formatHex(MerkleTree.root(List.of(new byte[0]))))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Test
    void everyLeafHasAWayToTheRoot() {
        for (int count = 1; count <= 20; count++) {
            List<byte[]> leaves = leaves(count);
            byte[] root = MerkleTree.root(leaves);
            for (int i = 0; i < count; i++) {
                byte[] at = hash(0, leaves.get(i));
                for (MerkleTree.Step step : MerkleTree.path(leaves, i)) {
                    at = step.left() ? hash(1, step.hash(), at) : hash(1, at, step.hash());
                }
                assertThat(at).as("leaf %d of %d", i, count).isEqualTo(root);
            }
        }
    }

    @Test
    void anotherLeafGivesAnotherRoot() {
        assertThat(MerkleTree.root(leaves(5))).isNotEqualTo(MerkleTree.root(leaves(6)));
    }
}
