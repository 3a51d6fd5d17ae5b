package dev.weir.ledger.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of seals. */
@ConfigMapping(prefix = "ledger.seal")
public interface SealConfig {
    /** How often a seal is made if anything changed. */
    @WithDefault("PT10S")
    Duration interval();

    /** Wallets in one seal at most; more wait for the next, which follows at once. */
    @WithDefault("50000")
    int leaves();

    /**
     * A PEM file with the PRIVATE KEY and the PUBLIC KEY of an Ed25519 pair. Without it a pair is made once and kept in the
     * database: good enough for a local stack only, because who can write the database can then also sign.
     */
    Optional<Path> keyFile();

    /** Rows between a row and its sealed head in one inclusion proof at most. */
    @WithDefault("20000")
    int proofRows();
}
