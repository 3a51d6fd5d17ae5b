package dev.weir.ledger.verify.domain;

import dev.weir.ledger.seal.domain.MerkleTree;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.domain.SealKey;
import dev.weir.ledger.seal.domain.SealLeaf;
import dev.weir.ledger.verify.domain.Misfit.What;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks seals one after the other, from the first. */
public final class SealChain {
    private final Map<String, byte[]> keys;
    private long number;
    private byte[] previous = Seal.genesis();

    /** Before the first seal; public keys by id. */
    public SealChain(Map<String, byte[]> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** Takes the next seal with its leaves; says what does not fit. */
    public Optional<Misfit> next(Seal seal, List<SealLeaf> leaves) {
        String problem = null;
        if (seal.number() != number + 1) {
            problem = "follows seal " + number;
        } else if (!Arrays.equals(seal.previous(), previous)) {
            problem = "is not chained to the seal before";
        } else if (leaves.size() != seal.leaves()
                || leaves.isEmpty()
                || !Arrays.equals(
                        MerkleTree.root(leaves.stream().map(SealLeaf::bytes).toList()), seal.root())) {
            problem = "has a root that its leaves do not give";
        } else if (!Arrays.equals(seal.expectedHash(), seal.hash())) {
            problem = "has a hash that it does not give";
        } else if (!SealKey.verifies(keys.getOrDefault(seal.keyId(), new byte[0]), seal.hash(), seal.signature())) {
            problem = "has a signature that key " + seal.keyId() + " did not make";
        }
        number = seal.number();
        previous = seal.hash();
        return Optional.ofNullable(problem)
                .map(text -> new Misfit(null, null, What.SEAL, "seal " + seal.number() + " " + text));
    }
}
