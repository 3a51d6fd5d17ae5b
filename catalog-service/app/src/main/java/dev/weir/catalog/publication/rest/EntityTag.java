package dev.weir.catalog.publication.rest;

import dev.weir.platform.kernel.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The catalog's entity tag: its version in quotes. */
final class EntityTag {

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private EntityTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The version that an If-Match asks for; null if it asks for none. */
    static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new Problem(
                    412, "VERSION_CONFLICT", "If-Match names no version of the catalog: \"<version>\" is expected");
        }
        return Long.valueOf(tag.group(1));
    }
}
