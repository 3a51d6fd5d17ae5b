package dev.weir.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Checks an inclusion proof as an outsider would: with the JDK and the description of the format, and nothing of ours. */
final class ProofCheck {

    private ProofCheck() {}

    static void check(JsonNode proof) throws Exception {
        row(proof);
        byte[] head = chain(proof);
        assertThat(hex(head)).as("the chain ends at the leaf").isEqualTo(text(proof, "/leaf/headHash"));
        assertThat(text(proof, "/leaf/wallet")).isEqualTo(text(proof, "/row/wallet"));
        byte[] root = root(proof, head);
        assertThat(hex(root)).as("the path ends at the root").isEqualTo(text(proof, "/seal/root"));
        seal(proof);
    }

    /** What the proof says in words is what was hashed: version, wallet, seq, transaction, customer, kind, accounts, amount. */
    private static void row(JsonNode proof) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text(proof, "/chain/0")));
        assertThat(bytes.get()).isEqualTo((byte) 1);
        assertThat(new UUID(bytes.getLong(), bytes.getLong())).hasToString(text(proof, "/row/wallet"));
        assertThat(bytes.getLong()).isEqualTo(proof.at("/row/seq").asLong());
        bytes.position(bytes.position() + 16);
        byte[] customer = new byte[bytes.getInt()];
        bytes.get(customer);
        assertThat(new String(customer, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(text(proof, "/row/customer"));
        bytes.position(bytes.position() + 4);
        assertThat(bytes.getLong()).isEqualTo(proof.at("/row/amount").asLong());
    }

    private static byte[] chain(JsonNode proof) throws Exception {
        byte[] hash = HexFormat.of().parseHex(text(proof, "/previousHash"));
        boolean first = true;
        for (JsonNode encoding : proof.get("chain")) {
            hash = sha256(hash, Base64.getDecoder().decode(encoding.asText()));
            if (first) {
                assertThat(hex(hash)).as("the row's own hash").isEqualTo(text(proof, "/row/hash"));
                first = false;
            }
        }
        return hash;
    }

    private static byte[] root(JsonNode proof, byte[] head) throws Exception {
        ByteArrayOutputStream leaf = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(leaf)) {
            UUID wallet = UUID.fromString(text(proof, "/leaf/wallet"));
            out.writeByte(0);
            out.writeByte(1);
            out.writeLong(wallet.getMostSignificantBits());
            out.writeLong(wallet.getLeastSignificantBits());
            out.writeLong(proof.at("/leaf/seq").asLong());
            out.write(head);
        }
        byte[] at = sha256(leaf.toByteArray());
        for (JsonNode step : proof.get("path")) {
            byte[] other = HexFormat.of().parseHex(step.get("hash").asText());
            at = step.get("side").asText().equals("LEFT")
                    ? sha256(new byte[] {1}, other, at)
                    : sha256(new byte[] {1}, at, other);
        }
        return at;
    }

    private static void seal(JsonNode proof) throws Exception {
        Instant sealedAt = Instant.parse(text(proof, "/seal/sealedAt"));
        byte[] hash = sha256(
                "weir seal v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                longs(
                        proof.at("/seal/seal").asLong(),
                        sealedAt.getEpochSecond() * 1_000_000 + sealedAt.getNano() / 1_000,
                        proof.at("/seal/leaves").asLong()),
                HexFormat.of().parseHex(text(proof, "/seal/root")),
                HexFormat.of().parseHex(text(proof, "/seal/previous")));
        assertThat(hex(hash)).as("the seal's hash").isEqualTo(text(proof, "/seal/hash"));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text(proof, "/publicKey")))));
        signature.update(hash);
        assertThat(signature.verify(HexFormat.of().parseHex(text(proof, "/seal/signature"))))
                .as("the signature")
                .isTrue();
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static String text(JsonNode proof, String pointer) {
        return proof.at(pointer).asText();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
