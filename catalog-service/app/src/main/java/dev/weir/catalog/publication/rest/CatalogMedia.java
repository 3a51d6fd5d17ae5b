package dev.weir.catalog.publication.rest;

import dev.weir.catalog.document.app.DocumentFormat;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types of a catalog document. */
final class CatalogMedia {

    static final String YAML = "application/yaml";
    static final String YAML_OLD = "application/x-yaml";
    static final String YAML_TEXT = "text/yaml";

    private CatalogMedia() {}

    static DocumentFormat format(@Nullable MediaType type) {
        return type != null && isYaml(type) ? DocumentFormat.YAML : DocumentFormat.JSON;
    }

    /** The first of the accepted types that is JSON or YAML decides; JSON is what everyone else gets. */
    static boolean wantsYaml(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (isYaml(type)) {
                return true;
            }
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
        }
        return false;
    }

    /** Whether text to read is wanted rather than JSON: it must be asked for by name. */
    static boolean wantsText(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (type.getType().equals("text") && type.getSubtype().equals("plain")) {
                return true;
            }
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isYaml(MediaType type) {
        return type.getSubtype().toLowerCase(Locale.ROOT).endsWith("yaml");
    }
}
