package dev.weir.ledger.seal.domain;

import dev.weir.platform.kernel.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * An Ed25519 key that signs seals.
 *
 * @param id the first 16 hex digits of SHA-256 of the public key
 * @param publicKey X.509
 * @param privateKey PKCS#8
 */
public record SealKey(String id, byte[] publicKey, byte[] privateKey) {
    private static final String ALGORITHM = "Ed25519";

    /** A stored pair. Its id follows from the public key. */
    public static SealKey of(byte[] publicKey, byte[] privateKey) {
        return new SealKey(HexFormat.of().formatHex(Sha256.digest(publicKey)).substring(0, 16), publicKey, privateKey);
    }

    /** A new pair. */
    public static SealKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return of(pair.getPublic().getEncoded(), pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** Signs; a key that is none is an IllegalStateException. */
    public byte[] sign(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + id + " cannot sign", e);
        }
    }

    /** Whether a signature is by the holder of that public key. */
    public static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // Not a key or not a signature: it verifies nothing.
            return false;
        }
    }
}
