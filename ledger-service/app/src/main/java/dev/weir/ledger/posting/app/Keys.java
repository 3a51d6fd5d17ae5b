package dev.weir.ledger.posting.app;

import dev.weir.ledger.posting.domain.OpKey;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the keys under which a request takes effect once. */
public final class Keys {
    private static final int LONGEST = 255;

    private Keys() {}

    /**
     * The keys of a request: the caller's own, scoped to client and route, else one made up for this call.
     *
     * @param request what is asked, as JSON values
     * @throws Problem 400 if the caller's key is blank or longer than 255 characters
     */
    public static List<OpKey> of(@Nullable String idempotencyKey, String client, String route, Object request) {
        byte[] fingerprint = digest(CanonicalJson.write(request));
        if (idempotencyKey == null) {
            return List.of(new OpKey(digest("made up\n" + Ids.next()), fingerprint, false, "IDEMPOTENCY_KEY_REUSED"));
        }
        if (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST) {
            throw Problem.badRequest("INVALID_KEY", "Idempotency-Key must have 1 to " + LONGEST + " characters");
        }
        return List.of(new OpKey(
                digest("client\n" + client + "\n" + route + "\n" + idempotencyKey),
                fingerprint,
                true,
                "IDEMPOTENCY_KEY_REUSED"));
    }

    /** Those keys and one that follows from what is done: doing it again answers the same. */
    public static List<OpKey> andNatural(List<OpKey> keys, String name, Object request, String conflict) {
        List<OpKey> all = new ArrayList<>(keys);
        all.add(new OpKey(digest("natural\n" + name), digest(CanonicalJson.write(request)), true, conflict));
        return List.copyOf(all);
    }

    private static byte[] digest(String text) {
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
