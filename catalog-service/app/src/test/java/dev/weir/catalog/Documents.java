package dev.weir.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The documented example, and what tests make of it. */
public final class Documents {

    private Documents() {}

    /** The document of the catalog page, exactly. */
    public static String example() {
        return resource("/catalog.yaml");
    }

    /** A document that has every part. */
    public static String everything() {
        return resource("/everything.yaml");
    }

    /** A document among the test resources. */
    public static String resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example with one passage written differently; the passage must be there. */
    public static String example(String passage, String instead) {
        return replace(example(), passage, instead);
    }

    /** A text with one passage written differently; the passage must be there. */
    public static String replace(String text, String passage, String instead) {
        if (!text.contains(passage)) {
            throw new IllegalArgumentException("the document has no passage " + passage);
        }
        return text.replace(passage, instead);
    }
}
