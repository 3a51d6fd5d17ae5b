package dev.weir.ledger.seal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ledger.seal.domain.SealKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("seal.pem"), text);
    }

    @Test
    void readsBothHalves() throws IOException {
        SealKey key = SealKey.generate();

        SealKey read = KeyFile.read(file(pem("PRIVATE KEY", key.privateKey()) + pem("PUBLIC KEY", key.publicKey())));

        assertThat(read.id()).isEqualTo(key.id());
        assertThat(SealKey.verifies(key.publicKey(), new byte[] {7}, read.sign(new byte[] {7})))
                .isTrue();
    }

    @Test
    void refusesHalvesOfDifferentKeys() throws IOException {
        Path file = file(pem("PRIVATE KEY", SealKey.generate().privateKey())
                + pem("PUBLIC KEY", SealKey.generate().publicKey()));

        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("do not belong to each other");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path file = file(pem("PRIVATE KEY", SealKey.generate().privateKey()));

        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("has no PUBLIC KEY");
    }
}
