package dev.weir.ledger.seal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.seal.app.Seals;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.rest.ProofResponse.Leaf;
import dev.weir.ledger.seal.rest.ProofResponse.Row;
import dev.weir.ledger.seal.rest.ProofResponse.SealResponse;
import dev.weir.ledger.seal.rest.ProofResponse.Step;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Json;
import java.util.Base64;
import java.util.HexFormat;

/** Seals and proofs as the API shows them. */
final class SealConvert {

    private SealConvert() {}

    static String line(Seal seal) {
        try {
            return Json.mapper().writeValueAsString(response(seal));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a seal can always be written", e);
        }
    }

    static SealResponse response(Seal seal) {
        return new SealResponse(
                seal.number(),
                seal.sealedAt(),
                seal.leaves(),
                hex(seal.root()),
                hex(seal.previous()),
                hex(seal.hash()),
                hex(seal.signature()),
                seal.keyId());
    }

    static ProofResponse proof(Seals.Proof proof) {
        JournalRow row = proof.rows().getFirst();
        return new ProofResponse(
                new Row(
                        row.wallet(),
                        row.seq(),
                        row.customer(),
                        row.kind().name(),
                        row.from().name(),
                        row.to().name(),
                        Long.toString(row.amount()),
                        row.postedAt(),
                        hex(row.hash())),
                hex(proof.previousHash()),
                proof.rows().stream()
                        .map(JournalEncoding::encode)
                        .map(bytes -> Base64.getEncoder().encodeToString(bytes))
                        .toList(),
                new Leaf(
                        proof.leaf().wallet(),
                        proof.leaf().seq(),
                        hex(proof.leaf().headHash())),
                proof.path().stream()
                        .map(step -> new Step(step.left() ? "LEFT" : "RIGHT", hex(step.hash())))
                        .toList(),
                response(proof.seal()),
                Base64.getEncoder().encodeToString(proof.publicKey()));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
