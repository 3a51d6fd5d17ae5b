package dev.weir.ledger.process;

import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs tokens as Keycloak would. */
final class Tokens {
    private final KeyPair keys;

    Tokens() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** A token with those roles. */
    String with(String... roles) throws GeneralSecurityException, IOException {
        long now = Instant.now().getEpochSecond();
        String signed = encode(Map.of("alg", "RS256", "typ", "JWT")) + "."
                + encode(Map.of(
                        "sub",
                        "test",
                        "preferred_username",
                        "test",
                        "iat",
                        now,
                        "exp",
                        now + 3600,
                        "realm_access",
                        Map.of("roles", List.of(roles))));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String encode(Object json) throws IOException {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.mapper().writeValueAsBytes(json));
    }
}
