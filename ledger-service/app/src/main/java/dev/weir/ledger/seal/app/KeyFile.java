package dev.weir.ledger.seal.app;

import dev.weir.ledger.seal.domain.SealKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a pair of keys from a PEM file: {@code openssl genpkey -algorithm ed25519}, then {@code openssl pkey -pubout}. */
final class KeyFile {

    private KeyFile() {}

    static SealKey read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("ledger.seal.key-file " + file + " cannot be read", e);
        }
        SealKey key = SealKey.of(part(file, text, "PUBLIC KEY"), part(file, text, "PRIVATE KEY"));
        byte[] probe = {1};
        if (!SealKey.verifies(key.publicKey(), probe, key.sign(probe))) {
            throw new IllegalStateException(
                    "ledger.seal.key-file " + file + ": the two keys do not belong to each other");
        }
        return key;
    }

    private static byte[] part(Path file, String text, String kind) {
        Matcher found = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("ledger.seal.key-file " + file + " has no " + kind);
        }
        return Base64.getMimeDecoder().decode(found.group(1));
    }
}
